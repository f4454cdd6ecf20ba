using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

/// <summary>Rows each of which is a class of its own, so that a mixed label shows both rows and their shares.</summary>
internal static class OwnClasses
{
    public static List<Example> Rows(int count)
    {
        var rows = Example.Clusters(count);
        rows.ForEach(row => row.Label = (uint)row.Id);
        return rows;
    }

    public static SchemaDefinition Schema(int classes)
    {
        var definition = SchemaDefinition.Create(typeof(Example));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return definition;
    }

    public static IDataView View(MLContext ml, int count) => ml.Data.LoadFromEnumerable(Rows(count), Schema(count));
}
