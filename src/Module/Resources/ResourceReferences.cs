using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Resources;

/// <summary>
/// The members of a definition that take an ARN. App Runner's own resources (auto scaling and observability configurations, connections, VPC
/// connectors) can also be given by name: the rules accept it, and the cmdlet that sends the request resolves it in the region of the service.
/// </summary>
internal static class ResourceReferences
{
    private const int MaxNames = 10;

    private static readonly ConcurrentDictionary<Type, Candidate[]> Candidates = new();

    // The account of App Runner on this computer by default, which no role of AWS is in.
    private static readonly string LocalAccount = new LocalEndpointOptions().AccountId;

    /// <summary>Warnings for the names in a definition that is checked without a call.</summary>
    /// <param name="request">The request.</param>
    /// <returns>One warning for each name.</returns>
    public static IEnumerable<Problem> Unresolved(object request) => In(request)
        .Where(reference => reference.IsName)
        .Select(reference => new Problem(reference.Path, $"\"{reference.Text}\" is the name of {ResourceKind.Of(reference.Rule).WithArticle}. It was not resolved, because this check makes no call.", ProblemSeverity.Warning));

    /// <summary>Replaces the names in a request by ARNs, and checks that all resources are in the region of the service.</summary>
    /// <typeparam name="T">The request.</typeparam>
    /// <param name="request">The request, already checked. It is not changed.</param>
    /// <param name="subject">What is resolved: the start of a message about several problems.</param>
    /// <param name="place">Adds to the problems where their members stand in the input.</param>
    /// <param name="resolver">Finds names.</param>
    /// <param name="connection">The connection that the request is sent with.</param>
    /// <param name="account">The account of the service; null if it is known only from the resources that names mean.</param>
    /// <returns>The request with ARNs only: a copy if it had names.</returns>
    /// <exception cref="ResourceNotFoundException">A name does not exist.</exception>
    /// <exception cref="InvalidParameterException">A resource is in another region or account.</exception>
    public static async Task<T> ResolveAsync<T>(T request, string subject, Func<IReadOnlyList<Problem>, IReadOnlyList<Problem>> place, ResourceResolver resolver, IAppRunnerConnection connection, string? account = null)
        where T : class
    {
        var resolved = request;
        var references = In(request);
        if (references.Count == 0)
            return request;
        if (references.Exists(reference => reference.IsName))
        {
            resolved = WireJson.Clone(request)!;
            references = In(resolved);
        }

        var missing = new List<Problem>();
        var foreign = new List<Problem>();
        foreach (var reference in references)
        {
            if (Arn.TryParse(reference.Text, out var arn) && arn.Region.Length > 0 && arn.Region != connection.Region)
            {
                foreign.Add(new Problem(reference.Path, $"'{arn.Text}' is in {arn.Region}, but the service is in {connection.Region}. Use one in {connection.Region}, or leave it out."));
            }
            else if (reference.IsName)
            {
                var kind = ResourceKind.Of(reference.Rule);
                var (found, names) = await resolver.FindAsync(reference.Text, kind, connection).ConfigureAwait(false);
                if (found is null)
                    missing.Add(new Problem(reference.Path, $"{ResourceResolver.NotFound(reference.Text, kind, connection.Region, names)} {Existing(names)}"));
                else
                    reference.Member.SetValue(reference.Owner, found.Text);
                account ??= found?.AccountId;
            }
        }

        if (account is not null && account != LocalAccount)
            foreign.AddRange(InOtherAccount(resolved, arn => arn.AccountId != account, account));
        if (foreign.Count > 0)
            throw new InvalidParameterException(subject, place([.. foreign, .. missing]));
        if (missing.Count > 0)
            throw new ResourceNotFoundException(InvalidParameterException.Describe(subject, place(missing)));
        return resolved;
    }

    /// <summary>Completes the ARNs that leave out the revision, which means the latest one.</summary>
    /// <typeparam name="T">The request.</typeparam>
    /// <param name="request">The request with ARNs only. It is not changed.</param>
    /// <param name="resolver">Finds the latest revisions.</param>
    /// <param name="connection">The connection to the region of the service.</param>
    /// <returns>The request with full ARNs, where the configuration exists in its account.</returns>
    public static async Task<T> CompleteAsync<T>(T request, ResourceResolver resolver, IAppRunnerConnection connection)
        where T : class
    {
        var complete = request;
        foreach (var path in In(request).Where(reference => reference.LacksRevision).Select(reference => reference.Path).ToArray())
        {
            complete = ReferenceEquals(complete, request) ? WireJson.Clone(request)! : complete;
            var reference = In(complete).Single(other => other.Path == path);
            if (Arn.TryParse(reference.Text, out var partial) && (await resolver.FindAsync(partial.Name, ResourceKind.Of(reference.Rule), connection).ConfigureAwait(false)).Found is { } found && found.AccountId == partial.AccountId)
                reference.Member.SetValue(reference.Owner, found.Text);
        }

        return complete;
    }

    /// <summary>Checks that a copy of a service refers to nothing in the account of its original, if it is created in another account.</summary>
    /// <typeparam name="T">The request.</typeparam>
    /// <param name="request">The request, resolved. It is not changed.</param>
    /// <param name="original">The ARN of the service that was copied.</param>
    /// <param name="subject">What is checked: the start of a message about several problems.</param>
    /// <param name="place">Adds to the problems where their members stand in the input.</param>
    /// <param name="resolver">Lists resources.</param>
    /// <param name="connection">The connection that the request is sent with.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidParameterException">Something is in another account.</exception>
    public static async Task<T> CheckAccountAsync<T>(T request, Arn original, string subject, Func<IReadOnlyList<Problem>, IReadOnlyList<Problem>> place, ResourceResolver resolver, IAppRunnerConnection connection)
        where T : class
    {
        bool IsOfOriginal(Arn arn) => arn.AccountId == original.AccountId;
        if (!InOtherAccount(request, IsOfOriginal, string.Empty).Any())
            return request;
        try
        {
            // Every account has this configuration, and its ARN names the account.
            var (known, _) = await resolver.FindAsync("DefaultConfiguration", ResourceKind.AutoScalingConfiguration, connection).ConfigureAwait(false);
            if (known is not null && known.AccountId != original.AccountId)
                throw new InvalidParameterException(subject, place(InOtherAccount(request, IsOfOriginal, known.AccountId).ToArray()));
        }
        catch (AppRunnerServiceException)
        {
            // Without the permission to list, App Runner decides.
        }

        return request;
    }

    // Roles and App Runner's resources are used in their own account only; a key may be shared.
    private static IEnumerable<Problem> InOtherAccount(object request, Func<Arn, bool> isOther, string account)
    {
        foreach (var reference in In(request).Where(reference => reference.Rule.Service is "apprunner" or "iam"))
        {
            if (Arn.TryParse(reference.Text, out var arn) && arn.AccountId.Length > 0 && isOther(arn))
                yield return new Problem(reference.Path, $"'{arn.Text}' is in account {arn.AccountId}, but the service is in account {account}. Use one of that account, or leave it out.");
        }
    }

    private static string Existing(IReadOnlyCollection<string> all)
    {
        // The latest revision of a name has an entry without its number.
        var names = all.Where(name => name.IndexOf('/') < 0).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        return names.Length == 0
            ? "None exists."
            : $"Existing: {string.Join(", ", names.Take(MaxNames))}{(names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : string.Empty)}.";
    }

    private static List<Reference> In(object shape)
    {
        var references = new List<Reference>();
        Find(shape, string.Empty, references);
        return references;
    }

    private static void Find(object shape, string path, List<Reference> references)
    {
        foreach (var (member, rule) in Candidates.GetOrAdd(shape.GetType(), CandidatesOf))
        {
            switch (member.GetValue(shape))
            {
                case string { Length: > 0 } text when rule is not null:
                    references.Add(new Reference(Join(path, member.Name), shape, member, rule, text));
                    break;
                case { } value when rule is null && RequestRules.IsShape(value.GetType()):
                    Find(value, Join(path, member.Name), references);
                    break;
            }
        }
    }

    private static string Join(string path, string member) => path.Length == 0 ? member : path + "." + member;

    private static Candidate[] CandidatesOf(Type shape) => RequestRules.MembersOf(shape)
        .Select(member => new Candidate(member.Property, member.Rules.OfType<ArnAttribute>().FirstOrDefault()))
        .Where(candidate => candidate.Rule is not null || RequestRules.IsShape(candidate.Member.PropertyType)).ToArray();

    // A member that takes an ARN, or a shape that may have one.
    private sealed record Candidate(PropertyInfo Member, ArnAttribute? Rule);

    private sealed record Reference(string Path, object Owner, PropertyInfo Member, ArnAttribute Rule, string Text)
    {
        public bool IsName => Rule.IsName(Text);

        public bool LacksRevision => Rule.IsReference && ResourceKind.Of(Rule).HasRevisions && Arn.TryParse(Text, out var arn) && arn.Revision is null;
    }
}
