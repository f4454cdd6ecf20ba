using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Microsoft.ML.Regularization.PackageTests;

[TestClass]
public sealed class PackageContentTests
{
    private static readonly string Package = Metadata("InstalledPackage");

    [TestMethod]
    [DataRow("README.md")]
    [DataRow("THIRD-PARTY-NOTICES")]
    [DataRow("lib/net10.0/Microsoft.ML.Regularization.dll")]
    [DataRow("buildTransitive/Microsoft.ML.Regularization.targets")]
    [DataRow("buildTransitive/LoosenLibTorchSharp.cs")]
    public void The_package_carries(string path) => Assert.IsTrue(File.Exists(Path.Combine(Package, path)), path);

    [TestMethod]
    public void Public_members_are_documented_for_the_editor()
    {
        var documented = XDocument.Load(Path.Combine(Package, "lib/net10.0/Microsoft.ML.Regularization.xml"))
            .Descendants("member")
            .Select(member => (string)member.Attribute("name")!)
            .ToHashSet();

        // The compiler makes types of its own for extension members.
        var types = typeof(RegularizationRecipe).Assembly.GetExportedTypes().Where(type => !type.FullName!.Contains('<')).Select(type => "T:" + type.FullName!.Replace('+', '.')).ToList();
        Assert.IsGreaterThan(10, types.Count);
        CollectionAssert.IsSubsetOf(types, documented.ToList());
    }

    [TestMethod]
    public void The_readme_stands_alone()
    {
        var readme = File.ReadAllText(Path.Combine(Package, "README.md"));
        Assert.Contains("dotnet add package Microsoft.ML.Regularization", readme);
        Assert.AreEqual("", string.Join(' ', Regex.Matches(readme, @"\]\((?!\w+:)[^)]*\)").Select(link => link.Value)), "links that lead nowhere outside the repository");
    }

    [TestMethod]
    public void The_symbols_are_packed_beside()
    {
        using var symbols = ZipFile.OpenRead(Metadata("SymbolPackage"));

        Assert.IsNotNull(symbols.GetEntry("lib/net10.0/Microsoft.ML.Regularization.pdb"));
    }

    [TestMethod]
    public void ML_NET_is_bound_to_the_versions_that_were_tested() => Assert.AreEqual("[5.0.1, 6.0.0]", Dependencies()["Microsoft.ML"]);

    [TestMethod]
    public void Neither_a_backend_nor_a_build_tool_is_forced_on_users()
    {
        string[] expected =
        [
            "Google.Protobuf", "Microsoft.ML", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.Tokenizers", "SharpZipLib", "SkiaSharp",
            "SkiaSharp.NativeAssets.Linux.NoDependencies", "System.Numerics.Tensors", "TorchSharp",
        ];

        CollectionAssert.AreEquivalent(expected, Dependencies().Keys);
    }

    private static Dictionary<string, string> Dependencies() =>
        XDocument.Load(Path.Combine(Package, "microsoft.ml.regularization.nuspec"))
            .Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => (string)element.Attribute("id")!, element => (string)element.Attribute("version")!);

    private static string Metadata(string key) =>
        typeof(PackageContentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
