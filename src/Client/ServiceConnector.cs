namespace AppRunner.Client;

internal static class Placeholder
{
}
