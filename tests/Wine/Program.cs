using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace AppRunner.Wine;

/// <summary>
/// The host: <c>HOST SCRIPT [ARGS]</c> runs a script in PowerShell's engine. It is also the programs that the scenario needs, so that nothing else must be
/// installed in Wine: <c>HOST serve FOLDER</c> is a web server, and a copy named git.exe is as much of git as the local endpoint calls.
/// </summary>
internal static class Program
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath)!.Equals("git", StringComparison.OrdinalIgnoreCase))
            return Git(args);
        return args[0] == "serve" ? Serve(args[1..]) : Run(args[0], args[1..]);
    }

    private static int Run(string script, string[] args)
    {
        var state = InitialSessionState.CreateDefault();
        state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(File.ReadAllText(script)).AddParameters(args);
        var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, added) => Console.WriteLine(output[added.Index]);
        shell.Streams.Warning.DataAdded += (_, added) => Console.WriteLine("warning: " + shell.Streams.Warning[added.Index]);
        shell.Streams.Error.DataAdded += (_, added) => Console.WriteLine("error: " + shell.Streams.Error[added.Index]);
        try
        {
            shell.Invoke<PSObject, PSObject>(null, output, null);
        }
        catch (RuntimeException failure)
        {
            Console.WriteLine($"error: {failure.Message} {failure.ErrorRecord.ScriptStackTrace}");
            return 1;
        }

        return shell.HadErrors ? 1 : 0;
    }

    // Responds with its variable TEXT, and writes it, until it is killed.
    private static int Serve(string[] args)
    {
        var listener = new TcpListener(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT")!, System.Globalization.CultureInfo.InvariantCulture));
        listener.Start();
        var text = Environment.GetEnvironmentVariable("TEXT") + "|" + string.Join("|", args);
        Console.WriteLine("serving " + text);
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            CapturedRequest.Respond(client, "text/plain; charset=utf-8", text);
        }
    }

    // Local folders only, whose file .git/refs/heads/BRANCH has a commit. A checkout copies the folder.
    private static int Git(string[] args)
    {
        switch (args.SkipWhile((_, index) => args[index] == "-c" || (index > 0 && args[index - 1] == "-c")).FirstOrDefault())
        {
            case "init":
                Directory.CreateDirectory(".git");
                return 0;
            case "fetch":
                File.WriteAllText(".git/FETCH_HEAD", args[^2]);
                return 0;
            case "checkout":
                Copy(File.ReadAllText(".git/FETCH_HEAD"), ".");
                File.WriteAllText(".git/HEAD", Commit + "\n");
                return 0;
            default:
                Console.Error.WriteLine("This git has no such command: " + string.Join(" ", args));
                return 1;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) != ".git"))
            Copy(folder, Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(folder))).FullName);
    }
}

/// <summary>A server for one request: keeps it, and responds that there are no services.</summary>
public sealed class CapturedRequest : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Thread thread;
    private string text = string.Empty;

    /// <summary>Starts it on a free port.</summary>
    public CapturedRequest()
    {
        listener.Start();
        Url = "http://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        thread = new Thread(Accept) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Its URL.</summary>
    public string Url { get; }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    /// <summary>Waits for the request.</summary>
    /// <returns>Its header.</returns>
    public string Wait() => thread.Join(TimeSpan.FromSeconds(30)) ? text : throw new TimeoutException("No request arrived.");

    private void Accept()
    {
        using var client = listener.AcceptTcpClient();
        text = Respond(client, "application/x-amz-json-1.0", """{"ServiceSummaryList":[]}""");
    }

    internal static string Respond(TcpClient client, string contentType, string body)
    {
        client.ReceiveTimeout = 10_000;
        var stream = client.GetStream();
        var received = new byte[64 * 1024];
        var count = 0;
        try
        {
            for (var read = 1; read > 0 && !Encoding.ASCII.GetString(received, 0, count).Contains("\r\n\r\n", StringComparison.Ordinal); count += read)
                read = stream.Read(received, count, received.Length - count);
            var bytes = Encoding.UTF8.GetBytes(body);
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"));
            stream.Write(bytes);
        }
        catch (IOException)
        {
            // A connection of a TCP health check: closed without a request.
        }

        return Encoding.ASCII.GetString(received, 0, count);
    }
}
