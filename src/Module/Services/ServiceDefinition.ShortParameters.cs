using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <content>Where the short parameters (ImageIdentifier, Port, EnvironmentVariable, …) go in the nested SourceConfiguration of a request.</content>
internal sealed partial class ServiceDefinition
{
    private void ApplySource(SourceConfiguration source, bool isUpdate, List<Problem> problems)
    {
        var isImage = source.ImageRepository is not null || (ImageIdentifier is not null && source.CodeRepository is null);
        var isCode = source.CodeRepository is not null || (RepositoryUrl is not null && !isImage);
        if ((isImage || isCode) && ShortMembersFor(isImage ? nameof(source.CodeRepository) : nameof(source.ImageRepository)) is { Length: > 0 } others)
        {
            var (wrong, right) = isImage ? ("a code repository", "an image") : ("an image", "a code repository");
            var advice = isUpdate ? "An update cannot change the kind of source; create a new service." : "Give the settings of one of them.";
            problems.Add(new Problem(string.Empty, $"{string.Join(", ", others)} {(others.Length == 1 ? "is" : "are")} for {wrong}, but the source is {right}. {advice}") { IsUnreadable = true });
            return;
        }

        if (ImageIdentifier is not null)
        {
            var image = source.ImageRepository ??= new ImageRepository();
            image.ImageIdentifier = ImageIdentifier;

            // For an image that is not in ECR, report only that, not also a missing role.
            image.ImageRepositoryType = ImageRepository.TypeOf(ImageIdentifier) ?? image.ImageRepositoryType ?? ImageRepositoryType.EcrPublic;
        }

        if (Names(nameof(RepositoryUrl), nameof(Branch), nameof(SourceDirectory), nameof(ConfigurationSource)) || HasCodeValues)
            ApplyCode(source.CodeRepository ??= new CodeRepository());
        if (Names(nameof(AccessRoleArn), nameof(ConnectionArn)))
            this.CopyTo(source.AuthenticationConfiguration ??= new AuthenticationConfiguration());
        if (source.AuthenticationConfiguration is { AccessRoleArn: null, ConnectionArn: null })
            source.AuthenticationConfiguration = null;
        if (Names(nameof(AutoDeploymentsEnabled)))
            source.AutoDeploymentsEnabled = AutoDeploymentsEnabled;
        ApplyRunSettings(source, problems);
    }

    // The short members with what they stand for.
    private static readonly KeyValuePair<PropertyInfo, ShortForAttribute>[] ShortMembers = RequestRules.WireMembers(typeof(ServiceDefinition))
        .Where(member => member.IsDefined(typeof(ShortForAttribute)))
        .Select(member => new KeyValuePair<PropertyInfo, ShortForAttribute>(member, member.GetCustomAttribute<ShortForAttribute>()!)).ToArray();

    // The given members that only the other kind of source has.
    private string[] ShortMembersFor(string kind) => ShortMembers
        .Where(member => member.Value.Kind == kind && member.Key.GetValue(this) is not null)
        .Select(member => member.Key.Name).ToArray();

    private void ApplyCode(CodeRepository code)
    {
        this.CopyTo(code);
        if (Branch is not null || code.SourceCodeVersion is null)
            code.SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = Branch ?? Defaults.Text<SourceCodeVersion>(nameof(SourceCodeVersion.Value)) };
        var configuration = code.CodeConfiguration ??= new CodeConfiguration();

        // Default: API if Runtime or BuildCommand is given, else REPOSITORY.
        configuration.ConfigurationSource = ConfigurationSource ?? (HasCodeValues ? Model.ConfigurationSource.Api : configuration.ConfigurationSource ?? Model.ConfigurationSource.Repository);
        if (!HasCodeValues)
            return;
        var values = configuration.CodeConfigurationValues ??= new CodeConfigurationValues();
        values.Runtime = Runtime ?? values.Runtime;
        if (Names(nameof(BuildCommand)))
            values.BuildCommand = BuildCommand;
    }

    private void ApplyRunSettings(SourceConfiguration source, List<Problem> problems)
    {
        if (!Names(RunSettings) && Environment.IsEmpty)
            return;
        if (source.ImageRepository is { } image)
        {
            Environment.Apply(this.CopyTo(image.ImageConfiguration ??= new ImageConfiguration()), problems);
        }
        else if (source.CodeRepository?.CodeConfiguration is { ConfigurationSource: Model.ConfigurationSource.Repository })
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret come from apprunner.yaml with ConfigurationSource REPOSITORY; use -Runtime (ConfigurationSource API) to set them here."));
        }
        else if (source.CodeRepository is { } code)
        {
            code.CodeConfiguration ??= new CodeConfiguration { ConfigurationSource = Model.ConfigurationSource.Api };
            Environment.Apply(this.CopyTo(code.CodeConfiguration.CodeConfigurationValues ??= new CodeConfigurationValues()), problems);
        }
        else
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret need a source: specify ImageIdentifier or RepositoryUrl."));
        }
    }

    /// <summary>Declares the short name of a member that is inside another member.</summary>
    /// <param name="whole">The member of a definition that contains it.</param>
    /// <param name="kind">The kind of source that has it; null if all have it.</param>
    [AttributeUsage(AttributeTargets.Property)]
    private sealed class ShortForAttribute(string whole, string? kind = null) : Attribute
    {
        public string Whole { get; } = whole;

        public string? Kind { get; } = kind;
    }
}
