using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Host;

/// <summary>Validates the options of a local endpoint.</summary>
internal static class OptionsValidator
{
    private const int MaxServices = 1_000_000;
    private const int MinLogBytes = 1024;
    private const int MaxLogBytes = 1024 * 1024 * 1024;

    /// <summary>Rejects options that are out of range, with all problems in one exception. No message contains a key.</summary>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    public static void Validate(LocalEndpointOptions options)
    {
        var problems = Problems(options).ToArray();
        if (problems.Length > 0)
            throw new InvalidParameterException("The local endpoint's settings", problems);
    }

    private static IEnumerable<Problem> Problems(LocalEndpointOptions options)
    {
        if (options.Port is < 0 or > 65535)
            yield return new Problem(nameof(options.Port), $"'{options.Port}' is not between 0 and 65535.");
        if (options.Region is null || !RegionName.IsValid(options.Region))
            yield return new Problem(nameof(options.Region), "must be a region's name such as us-east-1.");
        if (options.AccountId is null || options.AccountId.Length != 12 || !options.AccountId.All(char.IsAsciiDigit))
            yield return new Problem(nameof(options.AccountId), "must be 12 digits.");
        if (options.AccessKey is null != options.SecretKey is null)
            yield return new Problem(options.AccessKey is null ? nameof(options.AccessKey) : nameof(options.SecretKey), "is missing: give both AccessKey and SecretKey, or neither.");
        if (options.AccessKey is { } accessKey && (accessKey.Length is < 3 or > 128 || !accessKey.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
            yield return new Problem(nameof(options.AccessKey), "must be 3 to 128 letters, digits or _.");
        if (options.SecretKey is { } secretKey && (secretKey.Length is < 3 or > 256 || !secretKey.All(c => c is > ' ' and <= '~')))
            yield return new Problem(nameof(options.SecretKey), "must be 3 to 256 visible ASCII characters.");
        if (options.OperationDuration < TimeSpan.Zero || options.OperationDuration > TimeSpan.FromHours(24))
            yield return new Problem(nameof(options.OperationDuration), "must be between 0 and 24 hours.");
        if (options.ServiceQuota is < 1 or > MaxServices)
            yield return new Problem(nameof(options.ServiceQuota), $"'{options.ServiceQuota}' is not between 1 and {MaxServices}.");
        if (IsOutOfRange(options.BuildTimeout))
            yield return new Problem(nameof(options.BuildTimeout), "must be between 1 s and 24 hours.");
        if (IsOutOfRange(options.StartTimeout))
            yield return new Problem(nameof(options.StartTimeout), "must be between 1 s and 24 hours.");
        if (options.LogLimit is < MinLogBytes or > MaxLogBytes)
            yield return new Problem(nameof(options.LogLimit), $"'{options.LogLimit}' is not between {MinLogBytes} and {MaxLogBytes}.");
        if (options.WorkFolder is { } folder && (!Path.IsPathFullyQualified(folder) || folder.Any(char.IsControl)))
            yield return new Problem(nameof(options.WorkFolder), "must be an absolute path.");
        if (options.Secrets?.Keys.Any(string.IsNullOrWhiteSpace) == true)
            yield return new Problem(nameof(options.Secrets), "has an empty name.");
        foreach (var (name, _) in (options.Secrets ?? new Dictionary<string, string>()).Where(secret => secret.Value is null))
            yield return new Problem(nameof(options.Secrets), $"has no value for \"{name}\".");
    }

    private static bool IsOutOfRange(TimeSpan time) => time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromHours(24);
}
