namespace AppRunner.Model;

/// <summary>The answer of TagResource: nothing.</summary>
public sealed class TagResourceResponse : AppRunnerResponse
{
}
