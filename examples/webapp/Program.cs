// A small web application for App Runner: it listens on the port that PORT names, and what it writes to the console is its log.
var port = Environment.GetEnvironmentVariable("PORT") ?? "8080";
var greeting = Environment.GetEnvironmentVariable("GREETING") ?? "Hi";

// App Runner reaches it from outside. The firewall of Windows would ask whether others may; the local App Runner needs no more than this computer.
var host = OperatingSystem.IsWindows() ? "localhost" : "*";

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();

app.MapGet("/health", () => "healthy");
app.MapGet("/", () =>
{
    var answer = $"{greeting} from version 1";
    Console.WriteLine($"GET / was answered: {answer}");
    return answer;
});

Console.WriteLine($"The application listens on port {port}.");
app.Run($"http://{host}:{port}");
