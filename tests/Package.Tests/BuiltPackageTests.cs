using Xunit;

namespace AppRunner.Package.Tests;

/// <summary>The tests that share one package.</summary>
[CollectionDefinition(nameof(BuiltPackage))]
public sealed class BuiltPackageTests : ICollectionFixture<BuiltPackage>;
