namespace AppRunner.Model.Rules;

/// <summary>A rule that knows the one spelling of a value that people write in several ways.</summary>
public interface INormalizer
{
    /// <summary>The spelling to send; a value that is not understood comes back as it is, for the rule to judge.</summary>
    /// <param name="value">What somebody wrote.</param>
    /// <returns>What to send.</returns>
    string Normalize(string value);
}
