using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml.Linq;

namespace Microsoft.ML.Regularization.Tests.Documentation;

[TestClass]
public sealed class DocumentedDefaultsTests
{
    private static readonly Dictionary<string, string> Documentation = XDocument
        .Load(Path.ChangeExtension(typeof(RegularizationRecipe).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => string.Concat(member.Elements("summary").DescendantNodes().Select(Text)));

    [TestMethod]
    [DataRow(typeof(RegularizationRecipe))]
    [DataRow(typeof(EarlyStopping))]
    [DataRow(typeof(ManifoldMixup))]
    [DataRow(typeof(SharpnessAwareMinimization))]
    [DataRow(typeof(MlpArchitecture))]
    [DataRow(typeof(VariationalDropout))]
    [DataRow(typeof(SgdOptimizer))]
    [DataRow(typeof(AdamOptimizer))]
    [DataRow(typeof(RmsPropOptimizer))]
    [DataRow(typeof(ReduceOnPlateauSchedule))]
    [DataRow(typeof(LearningRateRange))]
    [DataRow(typeof(ResidualMlpArchitecture))]
    [DataRow(typeof(StochasticDepth))]
    public void Every_option_starts_at_its_documented_default(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        var settable = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();

        Assert.IsNotEmpty(settable);
        foreach (var property in settable)
        {
            var summary = Documentation[$"P:{type.FullName}.{property.Name}"];
            var documented = summary.Split("Default: ").Last().Trim();
            Assert.Contains("Default: ", summary, property.Name);
            Assert.StartsWith(Print(property.GetValue(options)), documented, property.Name);
            Assert.Contains(documented[Print(property.GetValue(options)).Length], ".,", property.Name);
        }
    }

    [TestMethod]
    public void Clipping_takes_the_documented_typical_bounds()
    {
        Assert.AreEqual(new NormClipping(1), GradientClipping.ByNorm());
        Assert.AreEqual(new ValueClipping(0.5), GradientClipping.ByValue());
    }

    private static string Print(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.').Last() ?? "",
        _ => "",
    };
}
