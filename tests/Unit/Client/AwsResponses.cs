using System;
using System.IO;

namespace AppRunner.Unit.Tests.Client;

/// <summary>Responses of the services that give credentials.</summary>
internal static class AwsResponses
{
    public static Step ContainerCredentials() => ScriptedServer.Respond(
        200, "application/json", $$"""{"AccessKeyId":"AKIDCONTAINER","SecretAccessKey":"x","Token":"t","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}"}""");

    public static Step AssumedRole(string accessKey, DateTime end) => ScriptedServer.Respond(
        200,
        "text/xml",
        $"<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>{accessKey}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>ROLETOKEN</SessionToken><Expiration>{end:yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/x/y</Arn><AssumedRoleId>A:y</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>");

    /// <summary>Writes an SSO profile and a cached token that expires at the given time.</summary>
    public static void WriteSsoProfile(AwsEnvironment environment, string end)
    {
        environment.Config("[profile work]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\nsso_registration_scopes = sso:account:access\n");

        // The file name is the SHA-1 of the session name.
        environment.Write(
            Path.Combine("sso", "cache", "ee0bfd2552fbd840c02cc48b6e823320543c450f.json"),
            $$"""{"startUrl":"https://corp.awsapps.com/start","region":"eu-west-1","accessToken":"SIGNONTOKEN","expiresAt":"{{end}}"}""");
    }

    public static Step SsoCredentials(string accessKey, DateTimeOffset end) => ScriptedServer.Respond(
        200, "application/json", $$$"""{"roleCredentials":{"accessKeyId":"{{{accessKey}}}","secretAccessKey":"s","sessionToken":"t","expiration":{{{end.ToUnixTimeMilliseconds()}}}}}""");
}
