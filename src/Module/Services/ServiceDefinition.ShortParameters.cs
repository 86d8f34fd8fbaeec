using System.Collections.Generic;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <content>Where the short parameters (ImageIdentifier, Port, EnvironmentVariable, …) go in the nested SourceConfiguration of a request.</content>
internal sealed partial class ServiceDefinition
{
    private void ApplySource(SourceConfiguration source, List<Problem> problems)
    {
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
        if (!Names(RunSettings))
            return;
        if (source.ImageRepository is { } image)
        {
            this.CopyTo(image.ImageConfiguration ??= new ImageConfiguration());
        }
        else if (source.CodeRepository?.CodeConfiguration is { ConfigurationSource: Model.ConfigurationSource.Repository })
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret come from apprunner.yaml with ConfigurationSource REPOSITORY; use -Runtime (ConfigurationSource API) to set them here."));
        }
        else if (source.CodeRepository is { } code)
        {
            this.CopyTo((code.CodeConfiguration ??= new CodeConfiguration { ConfigurationSource = Model.ConfigurationSource.Api }).CodeConfigurationValues ??= new CodeConfigurationValues());
        }
        else
        {
            problems.Add(new Problem(string.Empty, "Port, StartCommand, EnvironmentVariable and EnvironmentSecret need a source: specify ImageIdentifier or RepositoryUrl."));
        }
    }
}
