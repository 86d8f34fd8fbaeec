namespace AppRunner.Module.Tests.Support;

/// <summary>Made-up keys for servers that a test writes itself.</summary>
internal static class Keys
{
    public const string AccessKey = "AKIDTESTTESTTESTTEST";
    public const string SecretKey = "wJalrSECRETSECRETSECRETSECRETSECRETSECRE";
}
