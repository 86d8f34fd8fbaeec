// A small web application for App Runner. It listens on the port in the variable PORT; its console output is its log.
var port = Environment.GetEnvironmentVariable("PORT") ?? "8080";
var greeting = Environment.GetEnvironmentVariable("GREETING") ?? "Hi";

// On App Runner, requests come from outside. On Windows, listen on this computer only, so that the firewall does not prompt.
var host = OperatingSystem.IsWindows() ? "localhost" : "*";

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();

app.MapGet("/health", () => "healthy");
app.MapGet("/", () =>
{
    var response = $"{greeting} from version 1";
    Console.WriteLine($"GET / -> 200: {response}");
    return response;
});

Console.WriteLine($"The application listens on port {port}.");
app.Run($"http://{host}:{port}");
