using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Metrics;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>AWS_CA_BUNDLE and ca_bundle, with a TLS server whose certificate is made here.</summary>
[Collection(AwsEnvironmentGroup.Name)]
public sealed class TlsTests : IDisposable
{
    private readonly AwsEnvironment environment = new();
    private readonly X509Certificate2 root = Authority("CN=Test root");

    public void Dispose()
    {
        root.Dispose();
        environment.Dispose();
    }

    [Fact]
    public async Task Without_a_bundle_a_certificate_of_an_unknown_authority_is_an_error_that_says_what_to_set()
    {
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var tls = new TlsFront(service, Certificate(root));

        var error = await Should.ThrowAsync<NetworkException>(() => SendAsync(tls.Url));

        error.MayHaveArrived.ShouldBeFalse();
        error.Message.ShouldBe($"Cannot connect to {tls.Url}: the server's certificate is not signed by a trusted root certificate.");
        error.RecommendedAction.ShouldNotBeNull().ShouldContain("AWS_CA_BUNDLE");
        service.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_bundle_is_trusted(bool byProfile)
    {
        // As bundles are: with text between the certificates.
        using var another = Authority("CN=Another root");
        var path = environment.Write("bundle.pem", $"# Another\n{another.ExportCertificatePem()}\n\n# Ours\n{root.ExportCertificatePem()}\n");
        environment["AWS_CA_BUNDLE"] = byProfile ? null : path;
        environment.Config($"[default]\n{(byProfile ? "ca_bundle = ~/.aws/bundle.pem" : string.Empty)}\n");
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var tls = new TlsFront(service, Certificate(root));

        using var connection = await Connect.ToAsync(Connect.Settings(tls.Url));
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
        await connection.SendAsync(new DescribeLogGroupsRequest(), TestContext.Current.CancellationToken);
        await connection.SendAsync(new GetMetricDataRequest(), TestContext.Current.CancellationToken);

        service.Requests.Select(request => request.Headers["Authorization"].Split('/')[3]).ShouldBe(["apprunner", "logs", "monitoring"]);
    }

    [Fact]
    public async Task The_bundle_replaces_the_other_root_certificates()
    {
        using var another = Authority("CN=Another root");
        environment["AWS_CA_BUNDLE"] = environment.Write("bundle.pem", another.ExportCertificatePem());
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var tls = new TlsFront(service, Certificate(root));

        (await Should.ThrowAsync<NetworkException>(() => SendAsync(tls.Url))).Message.ShouldContain("not signed by a trusted root certificate");
        service.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("other.example", 1, "the server's certificate is for another host name")]
    [InlineData(null, -1, "the server's certificate has expired or is not valid yet")]
    public async Task The_bundle_does_not_replace_the_other_checks_of_a_certificate(string? host, int days, string message)
    {
        environment["AWS_CA_BUNDLE"] = environment.Write("bundle.pem", root.ExportCertificatePem());
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var tls = new TlsFront(service, Certificate(root, host, days));

        (await Should.ThrowAsync<NetworkException>(() => SendAsync(tls.Url))).Message.ShouldBe($"Cannot connect to {tls.Url}: {message}.");
        service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_bundle_is_used_for_AWS_STS_too()
    {
        environment["AWS_CA_BUNDLE"] = environment.Write("bundle.pem", root.ExportCertificatePem());
        await using var sts = new ScriptedServer(AwsResponses.AssumedRole("AKIDROLE", DateTime.UtcNow.AddHours(1)));
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var tls = new TlsFront(sts, Certificate(root));
        environment["AWS_ENDPOINT_URL_STS"] = tls.Url;
        environment.Config("[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\n[profile base]\naws_access_key_id = AKID\naws_secret_access_key = x\n");

        using var connection = await new AppRunnerConnector().ConnectAsync(new("eu-west-1", ProfileName: "deploy", EndpointUrl: service.Url), TestContext.Current.CancellationToken);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        service.Requests.Single().Headers["Authorization"].ShouldContain("AKIDROLE");
    }

    [Theory]
    [InlineData(null, "which does not exist")]
    [InlineData("", "which has no certificate in PEM format")]
    [InlineData("nonsense", "which has no certificate in PEM format")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "which has a damaged certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n", "which has a damaged certificate")]
    public async Task A_bundle_that_cannot_be_used_is_an_error_with_its_path(string? content, string message)
    {
        var path = Path.Combine(environment.Home, ".aws", "bundle.pem");
        if (content is not null)
            environment.Write("bundle.pem", content);
        environment["AWS_CA_BUNDLE"] = path;

        (await Should.ThrowAsync<InvalidParameterException>(() => SendAsync("http://127.0.0.1:1"))).Message.ShouldBe($"AWS_CA_BUNDLE names the file '{path}', {message}.");
    }

    [Fact]
    public async Task A_folder_instead_of_a_bundle_is_an_error()
    {
        environment["AWS_CA_BUNDLE"] = environment.Home;

        (await Should.ThrowAsync<InvalidParameterException>(() => SendAsync("http://127.0.0.1:1"))).Message.ShouldEndWith("which cannot be read.");
    }

    private static async Task SendAsync(string url)
    {
        using var connection = await Connect.ToAsync(Connect.Settings(url));
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, string? host = null, int days = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (host is null)
            names.AddIpAddress(IPAddress.Loopback);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-5), DateTimeOffset.UtcNow.AddDays(days), [1, 2, 3]);
        return signed.CopyWithPrivateKey(key);
    }

    // TLS in front of a scripted server.
    private sealed class TlsFront : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly ScriptedServer server;
        private readonly X509Certificate2 certificate;

        public TlsFront(ScriptedServer server, X509Certificate2 certificate)
        {
            this.server = server;
            this.certificate = certificate;
            listener.Start();
            _ = AcceptAsync();
        }

        public string Url => "https://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public void Dispose()
        {
            listener.Stop();
            certificate.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using var outside = client;
            using var inside = new TcpClient();
            try
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(certificate);
                await inside.ConnectAsync(IPAddress.Loopback, server.Port);
                await Task.WhenAny(tls.CopyToAsync(inside.GetStream()), inside.GetStream().CopyToAsync(tls));
            }
            catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException or SocketException)
            {
            }
        }
    }
}
