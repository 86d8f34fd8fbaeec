namespace AppRunner.Module.Tests.Support;

/// <summary>Fake keys for test servers.</summary>
internal static class Keys
{
    public const string AccessKey = "AKIDTESTTESTTESTTEST";
    public const string SecretKey = "wJalrSECRETSECRETSECRETSECRETSECRETSECRE";
}
