namespace Microsoft.ML.Regularization.Tests;

/// <summary>Compares the columns that an estimator promises with those that rows have.</summary>
public static class SchemaShapes
{
    /// <summary>The shape of a schema, as ML.NET makes it when a pipeline is fitted.</summary>
    public static SchemaShape Of(DataViewSchema schema) =>
        (SchemaShape)typeof(SchemaShape).GetMethod("Create", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.Invoke(null, [schema])!;

    public static void AssertEqual(SchemaShape expected, SchemaShape actual)
    {
        CollectionAssert.AreEquivalent(expected.Select(column => column.Name).ToList(), actual.Select(column => column.Name).ToList());
        foreach (var column in expected)
        {
            var other = actual.Single(candidate => candidate.Name == column.Name);
            Assert.AreEqual((column.Kind, column.ItemType, column.IsKey), (other.Kind, other.ItemType, other.IsKey), column.Name);
            AssertEqual(column.Annotations, other.Annotations);
        }
    }
}
