using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Foundation;

/// <summary>Closed unions, found by reflection: whoever adds a case finds here what it lacks.</summary>
[TestClass]
public sealed class UnionCasesTests
{
    private static readonly Type[] Library = typeof(UnionCases).Assembly.GetTypes();

    private static IEnumerable<Type> Unions => Library.Where(type => type.IsDefined(typeof(UnionAttribute), inherit: false));

    private static IEnumerable<object[]> UnionRows => Unions.Select(type => new object[] { type });

    [TestMethod]
    public void Every_abstract_public_record_without_a_base_is_a_union()
    {
        var records = Library.Where(type => type is { IsPublic: true, IsAbstract: true } && type.GetMethod("<Clone>$") is not null && type.BaseType == typeof(object));
        Assert.AreEqual("", string.Join(", ", records.Except(Unions)));
    }

    [TestMethod]
    [DynamicData(nameof(UnionRows))]
    public void Every_case_has_a_name_and_no_two_share_one(Type union)
    {
        var cases = Library.Where(type => type.IsSubclassOf(union) && !type.IsAbstract).ToList();
        CollectionAssert.AreEquivalent(cases, UnionCases.Of(union).Select(named => named.Type).ToList());
        Assert.IsGreaterThan(1, cases.Count);
        CollectionAssert.AllItemsAreUnique(cases.ConvertAll(type => type.GetCustomAttribute<UnionCaseAttribute>()!.Name));
    }

    [TestMethod]
    public void Every_name_belongs_to_a_union() =>
        Assert.IsEmpty(Library.Where(type => type.IsDefined(typeof(UnionCaseAttribute), inherit: false) && !Unions.Any(type.IsSubclassOf)));

    [TestMethod]
    [DynamicData(nameof(UnionRows))]
    public void Every_case_is_read_as_what_was_written(Type union)
    {
        var cases = UnionCases.Of(union).Select(named => named.Type);
        foreach (var type in cases.Where(type => type.GetConstructor([]) is not null && !type.IsDefined(typeof(RequiredMemberAttribute))))
        {
            var written = Activator.CreateInstance(type)!;
            foreach (var options in new[] { StrictJson.Options, JsonSerializerOptions.Default, JsonSerializerOptions.Web })
            {
                var json = JsonSerializer.Serialize(written, union, options);
                Assert.AreEqual(written, JsonSerializer.Deserialize(json, union, options), json);
            }
        }
    }

    [TestMethod]
    public void A_base_between_reads_its_own_cases_alone()
    {
        Assert.IsInstanceOfType<MixupOptions>(Read<AugmentationOptions>("""{"transform":"Mixup"}"""));
        var error = Assert.ThrowsExactly<JsonException>(() => Read<AugmentationOptions>("""{"transform":"HoldOut"}"""));
        Assert.Contains("HoldOut", error.Message);
        Assert.IsInstanceOfType<HoldOutOptions>(Read<TrainingOnlyOptions>("""{"transform":"HoldOut"}"""));
    }

    [TestMethod]
    [DataRow("""{"dropProbability":0.5}""", "lacks 'kind', which is one of alpha, dropConnect, gaussian")]
    [DataRow("""{"kind":"none","dropProbability":0.5}""", "'kind' of Dropout is one of alpha, dropConnect, gaussian, ")]
    [DataRow("""{"kind":"none","dropProbability":0.5}""", ", not \"none\"")]
    [DataRow("""{"kind":7,"dropProbability":0.5}""", "not 7")]
    [DataRow("""{"kind":null,"dropProbability":0.5}""", "not null")]
    [DataRow("""{"kind":"standard","kind":"alpha","dropProbability":0.5}""", "kind")]
    [DataRow("""{"kind":"standard","dropProbability":0.5,"dropProbability":0.5}""", "dropProbability")]
    [DataRow("""{"kind":"standard","dropProbability":0.5,"rate":0.5}""", "rate")]
    [DataRow("0.5", "is a JSON object, not Number")]
    [DataRow("null", "null")]
    public void What_is_no_case_is_refused(string json, string fragment) =>
        Assert.Contains(fragment, Assert.ThrowsExactly<JsonException>(() => Read<Dropout>(json)).Message);

    [TestMethod]
    public void The_name_may_stand_anywhere() =>
        Assert.AreEqual<Dropout>(Dropout.Standard(0.5), Read<Dropout>("""{"dropProbability":0.5,"kind":"standard"}"""));

    private static T Read<T>(string json) => StrictJson.Read<T>(Encoding.UTF8.GetBytes(json));
}
