using System;
using System.Collections;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Unit.Tests.Support;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Json;

public class RoundTripTests
{
    [Fact]
    public void Any_valid_request_survives_a_JSON_round_trip() => ValidRequests.Creations.Sample(request =>
    {
        var there = WireJson.Write(request);
        var back = WireJson.Read<CreateServiceRequest>(there);

        Same(request, back, "request");
        WireJson.Write(back).ShouldBe(there);
    });

    [Fact]
    public void A_null_in_any_list_or_map_of_a_response_is_refused()
    {
        var collections =
            (from type in typeof(Service).Assembly.GetExportedTypes()
             where RequestRules.IsShape(type) && !type.IsAbstract && type.GetConstructor([]) is not null
             from member in RequestRules.WireMembers(type)
             where typeof(ICollection).IsAssignableFrom(member.PropertyType)
             select (type, member)).ToArray();
        collections.Length.ShouldBeGreaterThan(20);

        foreach (var (type, member) in collections)
        {
            var json = "{\"" + member.Name + "\":" + (typeof(IDictionary).IsAssignableFrom(member.PropertyType) ? "{\"A\":null}" : "[null]") + "}";
            var read = typeof(RoundTripTests).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).CreateDelegate<Action<string>>();
            Should.Throw<JsonException>(() => read(json), $"{type.Name}.{member.Name}").Message.ShouldContain(member.Name + " contains null");
        }
    }

    [Fact]
    public void Known_values_get_their_documented_case_and_unknown_values_are_kept()
    {
        var response = WireJson.ReadResponse<DescribeCustomDomainsResponse>(
            """{"CustomDomains":[{"Status":"pending_certificate_dns_validation","CertificateValidationRecords":[{"Status":"success"}]},{"Status":"some_day"},{"Status":null}]}"""u8);

        response.CustomDomains!.Select(domain => domain.Status).ShouldBe([CustomDomainAssociationStatus.PendingCertificateDnsValidation, "some_day", null]);
        response.CustomDomains![0].CertificateValidationRecords![0].Status.ShouldBe(CertificateValidationRecordStatus.Success);
    }

    [Fact]
    public void Any_valid_request_passes_the_rules() => ValidRequests.Creations.Sample(request =>
        RequestRules.Check(request).Where(problem => problem.Severity != ProblemSeverity.Warning).Select(problem => problem.ToString()).ShouldBeEmpty());

    [Fact]
    public void Masked_text_contains_no_sensitive_value() => ValidRequests.Creations.Sample(request =>
    {
        const string secret = "sesame-open-sesame";
        var image = request.SourceConfiguration!.ImageRepository?.ImageConfiguration;
        var code = request.SourceConfiguration.CodeRepository?.CodeConfiguration?.CodeConfigurationValues;
        if (image is not null)
            (image.StartCommand, image.RuntimeEnvironmentVariables) = (secret, new() { [secret] = secret });
        if (code is not null)
            (code.StartCommand, code.BuildCommand, code.RuntimeEnvironmentSecrets) = (secret, secret, new() { [secret] = secret });

        SecretMasking.Write(request).ShouldNotContain(secret);
    });

    [Fact]
    public void Every_request_and_response_can_be_masked()
    {
        var types = typeof(Service).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && !type.ContainsGenericParameters && (typeof(AppRunnerRequest).IsAssignableFrom(type) || typeof(AppRunnerResponse).IsAssignableFrom(type)))
            .ToArray();
        types.Length.ShouldBeGreaterThan(80);

        foreach (var type in types)
        {
            var shape = Filled(type);
            if (RequestRules.MembersOf(type).Count > 0)
                WireJson.Write(shape).Length.ShouldBeGreaterThan(2, type.Name);
            SecretMasking.Write(shape).ShouldNotContain(FilledSecret, Case.Sensitive, type.Name);
        }

        var masked = SecretMasking.Write(new RenamedShape { Key = FilledSecret, Inner = [new ImageConfiguration { StartCommand = FilledSecret }] });
        masked.ShouldNotContain(FilledSecret);
        masked.ShouldContain("\"key\": \"*****\"");
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_with_JsonException() => Gen.OneOf(
        Gen.String.Select(Encoding.UTF8.GetBytes),
        ValidRequests.Creations.Select(Gen.Double.Unit, Gen.Byte, (request, place, with) =>
        {
            var json = WireJson.Write(request);
            json[(int)(place * (json.Length - 1))] = with;
            return json;
        })).Sample(json =>
    {
        try
        {
            WireJson.Read<CreateServiceRequest>(json).ShouldNotBeNull();
        }
        catch (System.Text.Json.JsonException)
        {
            // The only exception that is allowed.
        }
    });

    [Theory]
    [InlineData("1767225600", 0)]
    [InlineData("1767225600.5", 500)]
    [InlineData("1.7672256E9", 0)]
    public void Timestamps_are_epoch_seconds_with_fractions(string json, int milliseconds)
    {
        var service = WireJson.Read<Service>(Encoding.UTF8.GetBytes($$"""{"CreatedAt":{{json}}}"""));

        service.CreatedAt.ShouldBe(new DateTime(2026, 1, 1, 0, 0, 0, milliseconds, DateTimeKind.Utc));
        service.CreatedAt!.Value.Kind.ShouldBe(DateTimeKind.Utc);
        var response = WireJson.ReadResponse<Service>(Encoding.UTF8.GetBytes($$"""{"CreatedAt":{{json}}}""")).CreatedAt!.Value;
        response.Kind.ShouldBe(DateTimeKind.Local);
        response.ToUniversalTime().ShouldBe(service.CreatedAt.Value);
        Encoding.UTF8.GetString(WireJson.Write(new Service { CreatedAt = response })).ShouldBe(Encoding.UTF8.GetString(WireJson.Write(service)));
    }

    [Fact]
    public void Unknown_members_and_values_are_ignored()
    {
        var service = WireJson.Read<Service>("""{"ServiceName":"web","Status":"SLEEPING","Brand":{"New":[1]}}"""u8);

        service.Status.ShouldBe("SLEEPING");
    }

    private const string FilledSecret = "sesame-open-sesame";

    // Every member has a value; the sensitive ones the secret.
    private static object Filled(Type type, int depth = 0)
    {
        var shape = Activator.CreateInstance(type)!;
        foreach (var member in RequestRules.MembersOf(type).Where(_ => depth < 8))
            member.Property.SetValue(shape, ValueOf(member.Property.PropertyType, member.Sensitive ? FilledSecret : "plain", depth));
        return shape;
    }

    private static object ValueOf(Type type, string text, int depth)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        if (kind == typeof(string))
            return text;
        if (kind.IsValueType)
            return Activator.CreateInstance(kind)!;
        if (kind.IsArray)
        {
            var array = Array.CreateInstance(kind.GetElementType()!, 1);
            array.SetValue(ValueOf(kind.GetElementType()!, text, depth), 0);
            return array;
        }

        if (RequestRules.IsShape(kind) && !typeof(IEnumerable).IsAssignableFrom(kind))
            return Filled(kind, depth + 1);
        var arguments = kind.GetGenericArguments();
        var collection = Activator.CreateInstance(kind.IsInterface ? typeof(System.Collections.Generic.List<>).MakeGenericType(arguments) : kind)!;
        if (collection is IDictionary map)
            map[text] = ValueOf(arguments[1], text, depth);
        else
            ((IList)collection).Add(ValueOf(arguments[0], text, depth));
        return collection;
    }

    private sealed class RenamedShape
    {
        [Sensitive]
        [JsonPropertyName("key")]
        public string? Key { get; set; }

        [JsonPropertyName("inner")]
        public ImageConfiguration[]? Inner { get; set; }
    }

    private static void ReadAs<T>(string json)
        where T : class => WireJson.ReadResponse<T>(Encoding.UTF8.GetBytes(json));

    private static void Same(object? one, object? other, string path)
    {
        if (one is null || other is null)
        {
            other.ShouldBe(one, path);
            return;
        }

        other.GetType().ShouldBe(one.GetType(), path);
        if (one is string or ValueType)
        {
            other.ShouldBe(one, path);
        }
        else if (one is IDictionary map)
        {
            ((IDictionary)other).Count.ShouldBe(map.Count, path);
            foreach (var key in map.Keys)
                Same(map[key], ((IDictionary)other)[key], $"{path}[{key}]");
        }
        else if (one is IList list)
        {
            ((IList)other).Count.ShouldBe(list.Count, path);
            for (var index = 0; index < list.Count; index++)
                Same(list[index], ((IList)other)[index], $"{path}[{index}]");
        }
        else
        {
            foreach (var member in RequestRules.WireMembers(one.GetType()))
                Same(member.GetValue(one), member.GetValue(other), path + "." + member.Name);
        }
    }
}
