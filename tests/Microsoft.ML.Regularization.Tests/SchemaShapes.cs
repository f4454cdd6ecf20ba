namespace Microsoft.ML.Regularization.Tests;

/// <summary>Compares the columns that an estimator promises with those that rows have.</summary>
public static class SchemaShapes
{
    /// <summary>The shape of a schema, as ML.NET makes it when a pipeline is fitted.</summary>
    public static SchemaShape Of(DataViewSchema schema) =>
        (SchemaShape)typeof(SchemaShape).GetMethod("Create", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.Invoke(null, [schema])!;

    /// <summary>What an estimator promises is what its transformer's rows have.</summary>
    public static void AssertPromise<T>(IEstimator<T> estimator, IDataView rows)
        where T : ITransformer =>
        AssertEqual(Of(estimator.Fit(rows).Transform(rows).Schema), estimator.GetOutputSchema(Of(rows.Schema)));

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
