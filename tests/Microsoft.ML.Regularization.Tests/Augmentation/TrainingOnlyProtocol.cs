using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>What holds for every training-only transform, found by reflection: nobody has to remember to test a new one.</summary>
[TestClass]
public sealed class TrainingOnlyProtocol
{
    /// <summary>Options of every kind, for the columns of <see cref="Example"/>.</summary>
    public static IEnumerable<TrainingOnlyOptions> AllOptions => AugmentationCases.All.Select(options => options.WithSeed(3));

    private static IEnumerable<Type> Types =>
        typeof(TrainingOnlyOptions).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TrainingOnlyOptions)) && !type.IsAbstract);

    private static IEnumerable<Type> Catalogs => typeof(MixingCatalog).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsAbstract: true, IsSealed: true, Namespace: "Microsoft.ML" });

    private static IEnumerable<object[]> TypeRows => Types.Select(type => new object[] { type });

    [TestMethod]
    [DynamicData(nameof(TypeRows))]
    public void Options_of_every_kind_are_among_the_cases(Type options) =>
        Assert.IsTrue(AugmentationCases.All.Any(example => example.GetType() == options), $"AugmentationCases has no {options.Name}");

    [TestMethod]
    [DynamicData(nameof(TypeRows))]
    public void The_catalog_has_both_overloads(Type options)
    {
        var name = options.Name[..^"Options".Length];
        var overloads = Catalogs.SelectMany(catalog => catalog.GetMethods()).Where(method => method.Name == name).Select(method => method.GetParameters()).ToList();
        Assert.HasCount(2, overloads);
        Assert.IsTrue(overloads.Exists(parameters => parameters.Length == 2 && parameters[1].ParameterType == options), "an overload takes the options");
        var named = overloads.Single(parameters => parameters.All(parameter => parameter.ParameterType != options)).Skip(1).ToList();
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null))
        {
            // These two are those of the object that is given.
            if (property.Name is nameof(CustomAugmentationOptions.TypeName) or nameof(CustomAugmentationOptions.Properties))
                continue;
            var parameter = named.Find(candidate => string.Equals(candidate.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            Assert.IsNotNull(parameter, $"no named argument for {property.Name}");
            // What has no default must be given.
            if (parameter.HasDefaultValue)
                Assert.AreEqual(property.GetValue(Activator.CreateInstance(options)), parameter.DefaultValue, $"default of {property.Name}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(TypeRows))]
    public void Options_are_sealed_records(Type options) => Assert.IsTrue(options.IsSealed);
}
