using AppRunner.Model;

namespace AppRunner.Export;

/// <summary>Warnings about what several formats cannot carry over.</summary>
internal static class Losses
{
    /// <summary>Warns that a new service is not paused.</summary>
    /// <param name="service">The service.</param>
    /// <param name="problems">Gets the warning.</param>
    public static void WarnOfPause(ServiceSnapshot service, ExportProblems problems)
    {
        if (service.Service.Status == ServiceStatus.Paused)
            problems.Warn(service, nameof(Service.Status), "is PAUSED. What is created from the file runs.");
    }

    /// <summary>Warns about custom domains.</summary>
    /// <param name="service">The service.</param>
    /// <param name="problems">Gets the warnings.</param>
    /// <param name="reason">The consequence, in sentences.</param>
    public static void WarnOfDomains(ServiceSnapshot service, ExportProblems problems, string reason)
    {
        foreach (var domain in service.CustomDomains)
            problems.Warn(service, "CustomDomains." + domain.DomainName, "is not exported. " + reason);
    }

    /// <summary>Warns about VPC ingress connections.</summary>
    /// <param name="service">The service.</param>
    /// <param name="problems">Gets the warnings.</param>
    /// <param name="reason">The consequence, in sentences.</param>
    public static void WarnOfIngress(ServiceSnapshot service, ExportProblems problems, string reason)
    {
        foreach (var connection in service.VpcIngressConnections)
            problems.Warn(service, "VpcIngressConnections." + connection.VpcIngressConnectionName, "is not exported. " + reason);
    }

    /// <summary>Leaves out commands that have a line break, which no tool accepts.</summary>
    /// <param name="service">The service.</param>
    /// <param name="definition">Its definition, which is changed.</param>
    /// <param name="path">The path of the run settings.</param>
    /// <param name="problems">Gets the warnings.</param>
    public static void DropCommandsWithLineBreaks(ServiceSnapshot service, CreateServiceRequest definition, string path, ExportProblems problems)
    {
        if (definition.SourceConfiguration?.ImageRepository?.ImageConfiguration is { } image)
            image.StartCommand = Checked(image.StartCommand, nameof(image.StartCommand));
        if (definition.SourceConfiguration?.CodeRepository?.CodeConfiguration?.CodeConfigurationValues is { } code)
        {
            code.BuildCommand = Checked(code.BuildCommand, nameof(code.BuildCommand));
            code.StartCommand = Checked(code.StartCommand, nameof(code.StartCommand));
        }

        string? Checked(string? command, string member)
        {
            if (command?.IndexOfAny(['\r', '\n']) is null or < 0)
                return command;
            problems.Warn(service, $"{path}.{member}", "is left out: it has a line break, which App Runner does not accept any more.");
            return null;
        }
    }

    /// <summary>The description of a variable or parameter for a value that is left out.</summary>
    /// <param name="service">The service.</param>
    /// <param name="key">The name of the environment variable.</param>
    /// <returns>A sentence without its full stop.</returns>
    public static string DescribeVariable(ServiceSnapshot service, string key) => $"The environment variable {(key.Length > 200 ? key.Remove(200) : key)} of {service.Service.ServiceName}";
}
