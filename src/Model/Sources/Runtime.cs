namespace AppRunner.Model;

/// <summary>Known managed runtimes of code services (API: Runtime).</summary>
public static class Runtime
{
    /// <summary>Python 3.7 and 3.8; past its end of support.</summary>
    public const string Python3 = "PYTHON_3";

    /// <summary>Node.js 12; past its end of support.</summary>
    public const string NodeJs12 = "NODEJS_12";

    /// <summary>Node.js 14; past its end of support.</summary>
    public const string NodeJs14 = "NODEJS_14";

    /// <summary>Java 8 (Amazon Corretto).</summary>
    public const string Corretto8 = "CORRETTO_8";

    /// <summary>Java 11 (Amazon Corretto).</summary>
    public const string Corretto11 = "CORRETTO_11";

    /// <summary>Node.js 16; past its end of support.</summary>
    public const string NodeJs16 = "NODEJS_16";

    /// <summary>Go 1.18; past its end of support.</summary>
    public const string Go1 = "GO_1";

    /// <summary>.NET 6; past its end of support.</summary>
    public const string DotNet6 = "DOTNET_6";

    /// <summary>PHP 8.1.</summary>
    public const string Php81 = "PHP_81";

    /// <summary>Ruby 3.1; past its end of support.</summary>
    public const string Ruby31 = "RUBY_31";

    /// <summary>Python 3.11.</summary>
    public const string Python311 = "PYTHON_311";

    /// <summary>Node.js 18; past its end of support.</summary>
    public const string NodeJs18 = "NODEJS_18";

    /// <summary>Node.js 22.</summary>
    public const string NodeJs22 = "NODEJS_22";
}
