using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Regularization.Tests.Foundation;

/// <summary>The same thing has the same name in all options and catalogs.</summary>
[TestClass]
public sealed class PublicNamesTests
{
    private static readonly Regex Others = new(
        "Maximum|Minimum|Colour|(?<!Example)WeightColumnName|^ColumnName$|GroupColumnName", RegexOptions.IgnoreCase);

    private static IEnumerable<MethodInfo> Methods =>
        from type in typeof(RegularizationRecipe).Assembly.GetExportedTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetBaseDefinition().DeclaringType!.Assembly == type.Assembly
        select method;

    [TestMethod]
    public void Nothing_has_another_name_for_the_same()
    {
        var types = typeof(RegularizationRecipe).Assembly.GetExportedTypes();
        var names = types.Select(type => type.Name)
            .Concat(types.SelectMany(type => type.GetProperties()).Where(property => property.DeclaringType!.Assembly == typeof(RegularizationRecipe).Assembly).Select(property => property.Name))
            .Concat(Methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.Name));
        Assert.AreEqual("", string.Join(", ", names.OfType<string>().Where(name => Others.IsMatch(name)).Distinct()));
    }

    [TestMethod]
    public void A_seed_is_the_last_argument()
    {
        var seeded = Methods.Where(method => method.DeclaringType!.Namespace == "Microsoft.ML" && method.GetParameters().Any(parameter => parameter.Name == "seed")).ToList();
        Assert.IsGreaterThan(20, seeded.Count);
        Assert.AreEqual("", string.Join(", ", seeded.Where(method => method.GetParameters()[^1].Name != "seed").Select(method => method.Name)));
    }

    [TestMethod]
    public void Columns_come_in_the_order_of_ML_NET()
    {
        string[] trainers = ["labelColumnName", "featureColumnName", "exampleWeightColumnName"];
        string[] transforms = ["featureColumnName", "labelColumnName", "exampleWeightColumnName"];
        foreach (var method in Methods.Where(method => method.DeclaringType!.Namespace == "Microsoft.ML"))
        {
            var order = method.GetParameters()[0].ParameterType.Name.EndsWith("Trainers", StringComparison.Ordinal) ? trainers : transforms;
            var named = method.GetParameters().Select(parameter => parameter.Name!).Where(order.Contains).ToList();
            CollectionAssert.AreEqual(order.Where(named.Contains).ToList(), named, method.Name);
        }
    }
}
