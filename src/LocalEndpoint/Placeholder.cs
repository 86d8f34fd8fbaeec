namespace AppRunner.LocalEndpoint;

internal static class Placeholder
{
}
