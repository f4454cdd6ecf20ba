using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>docs/regularizers.md names all there is.</summary>
[TestClass]
public sealed class RegularizersPageTests
{
    private static readonly string Page = File.ReadAllText("regularizers.md");

    [TestMethod]
    public void Every_member_of_the_recipe_and_every_option_of_its_kinds_is_on_the_page()
    {
        foreach (var member in Settable(typeof(RegularizationRecipe)))
        {
            Assert.Contains(member.Name, Page);
            foreach (var kind in KindsOf(member.PropertyType).Where(kind => !kind.IsSubclassOf(typeof(LearningRateSchedule))))
            {
                foreach (var option in Settable(kind).Where(option => !IsTheKindsNumber(option)))
                    Assert.Contains($"`{option.Name}`", Page, $"{kind.Name}.{option.Name}");
            }
        }
    }

    [TestMethod]
    public void Every_kind_of_noise_every_preset_and_every_measured_variant_is_on_the_page()
    {
        foreach (var kind in KindsOf(typeof(Dropout)))
            Assert.Contains($"`{kind.Name}`", Page);
        foreach (var preset in typeof(RegularizationRecipe).GetProperties(BindingFlags.Public | BindingFlags.Static))
            Assert.Contains($"`{preset.Name}`", Page);
        foreach (var schedule in KindsOf(typeof(LearningRateSchedule)).Where(kind => kind != typeof(ConstantSchedule)))
            Assert.Contains($"`{schedule.Name}`", Page);
        Assert.Contains("| preset SmallDataset |", Page, "the measured effects");
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null && property.DeclaringType == type);

    private static IEnumerable<Type> KindsOf(Type type) =>
        typeof(RegularizationRecipe).Assembly.GetTypes().Where(kind => kind.IsAssignableTo(type) && kind.Namespace == typeof(RegularizationRecipe).Namespace && kind is { IsClass: true, IsAbstract: false });

    // The number that a kind is made of, such as a probability, is what its row is about.
    private static bool IsTheKindsNumber(PropertyInfo option) =>
        option.DeclaringType!.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == option.Name));
}
