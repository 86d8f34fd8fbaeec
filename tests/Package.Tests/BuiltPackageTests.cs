using Xunit;

namespace AppRunner.Package.Tests;

/// <summary>The test collection that shares one package.</summary>
[CollectionDefinition(nameof(BuiltPackage))]
public sealed class BuiltPackageTests : ICollectionFixture<BuiltPackage>;
