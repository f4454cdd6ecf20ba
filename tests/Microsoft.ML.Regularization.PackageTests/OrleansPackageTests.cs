using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML.Regularization.Orleans;

namespace Microsoft.ML.Regularization.PackageTests;

/// <summary>The package of distributed searches, as a user has it.</summary>
[TestClass]
public sealed class OrleansPackageTests
{
    private static readonly string Package =
        typeof(OrleansPackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OrleansPackage").Value!;

    [TestMethod]
    [DataRow("README.md")]
    [DataRow("lib/net10.0/Microsoft.ML.Regularization.Orleans.dll")]
    [DataRow("lib/net10.0/Microsoft.ML.Regularization.Orleans.xml")]
    public void The_package_carries(string path) => Assert.IsTrue(File.Exists(Path.Combine(Package, path)), path);

    [TestMethod]
    public void It_needs_the_library_and_Orleans()
    {
        var dependencies = XDocument.Load(Path.Combine(Package, "microsoft.ml.regularization.orleans.nuspec"))
            .Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!).ToList();
        CollectionAssert.IsSubsetOf(new[] { "Microsoft.ML.Regularization", "Microsoft.Orleans.Client", "Microsoft.Orleans.Server" }, dependencies);
        Assert.DoesNotContain("TorchSharp-cpu", dependencies);
    }

    [TestMethod]
    public void Its_options_are_checked() =>
        Assert.ThrowsExactly<ArgumentNullException>(() => new OrleansExecutor(null!, new OrleansExecutorOptions { Name = "search" }));
}
