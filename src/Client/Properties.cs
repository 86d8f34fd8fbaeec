using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AppRunner.Unit.Tests")]
