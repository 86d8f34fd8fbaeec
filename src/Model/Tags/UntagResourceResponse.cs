namespace AppRunner.Model;

/// <summary>The answer of UntagResource: nothing.</summary>
public sealed class UntagResourceResponse : AppRunnerResponse
{
}
