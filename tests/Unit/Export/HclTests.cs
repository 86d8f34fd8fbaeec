using System;
using System.Globalization;
using System.Linq;
using System.Text;
using AppRunner.Export;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Export;

/// <summary>Literals and layout of Terraform's language. The conformance tests hold them against Terraform itself.</summary>
public sealed class HclTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("a\nb\tc\r", "\"a\\nb\\tc\\r\"")]
    [InlineData("${x}", "\"$${x}\"")]
    [InlineData("%{x}", "\"%%{x}\"")]
    [InlineData("$x %y {z}", "\"$x %y {z}\"")]
    [InlineData("$${x}", "\"\\u0024$${x}\"")]
    [InlineData("\u0001", "\"\\u0001\"")]
    [InlineData("ü🎉", "\"ü🎉\"")]
    public void A_text_is_quoted(string text, string literal) => HclText.Quote(text).ShouldBe(literal);

    [Fact]
    public void A_key_is_ASCII() => HclText.QuoteKey("ü🎉\u2028").ShouldBe("\"\\u00fc\\U0001f389\\u2028\"");

    [Theory]
    [InlineData("hello-min", "hello-min")]
    [InlineData("1abc", "_1abc")]
    [InlineData("-a", "_-a")]
    [InlineData("", "_")]
    [InlineData("a.b ü", "a_b__")]
    public void A_name_is_an_identifier(string text, string name) => HclText.Identifier(text).ShouldBe(name);

    [Fact]
    public void Every_text_is_read_back() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char["$%{}\"\\\n\r\tuU0"])].Sample(text =>
        {
            Read(HclText.Quote(text)).ShouldBe(text);
            Read(HclText.QuoteKey(text)).ShouldBe(text);
            HclText.QuoteKey(text).ShouldAllBe(c => c >= ' ' && c <= '~');
        }, iter: 5000);

    [Fact]
    public void Attributes_are_aligned_up_to_a_value_of_several_lines()
    {
        var map = new[] { "a", "long key" }.ToDictionary(key => key, key => (object)key);

        HclBlock.ToText([new HclBlock("locals").Set("one", 1).Set("three", true).Set("none", null).Set("map", map).Set("x", new HclExpression("var.x")).Set("list", (string[])["a", "b"]).Add(new HclBlock("empty")).Add(new HclBlock("inner", "label").Set("a", "b")), new HclBlock("end").Set("a", "b")])
            .ShouldBe("""
            locals {
              one   = 1
              three = true
              map = {
                "a"        = "a"
                "long key" = "long key"
              }
              x    = var.x
              list = ["a", "b"]

              inner "label" {
                a = "b"
              }
            }

            end {
              a = "b"
            }

            """.ReplaceLineEndings("\n"));
    }

    // As HCL reads a quoted template without sequences.
    private static string Read(string literal)
    {
        literal[0].ShouldBe('"');
        literal[^1].ShouldBe('"');
        var body = literal[1..^1];
        var text = new StringBuilder();
        for (var i = 0; i < body.Length; i++)
        {
            var c = body[i];
            if (c == '\\')
            {
                c = body[++i];
                var digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
                text.Append(digits > 0 ? FromHex(body.Substring(i + 1, digits)) : c switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '"' => "\"", '\\' => "\\", _ => throw new FormatException(literal) });
                i += digits;
            }
            else if (c is '$' or '%' && i + 2 < body.Length && body[i + 1] == c && body[i + 2] == '{')
            {
                text.Append(c).Append('{');
                i += 2;
            }
            else
            {
                (c is '$' or '%' && i + 1 < body.Length && body[i + 1] == '{').ShouldBeFalse("A template begins.");
                (c is '"' or < ' ').ShouldBeFalse("It is not escaped.");
                text.Append(c);
            }
        }

        return text.ToString();
    }

    // Half of a surrogate pair, as the generator makes, is not a scalar value.
    private static string FromHex(string digits)
    {
        var value = int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return value > char.MaxValue ? char.ConvertFromUtf32(value) : ((char)value).ToString();
    }
}
