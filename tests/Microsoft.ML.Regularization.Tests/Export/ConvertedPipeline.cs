using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Regularization.Tests.Export;

/// <summary>A pipeline that ML.NET's own converter exported, in OnnxRuntime.</summary>
internal sealed class ConvertedPipeline : IDisposable
{
    private readonly InferenceSession _session;

    public ConvertedPipeline(MLContext ml, ITransformer model, IDataView rows)
    {
        using var file = new MemoryStream();
        ml.Model.ConvertToOnnx(model, rows, file);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(file.ToArray(), options);
    }

    public void Dispose() => _session.Dispose();

    /// <summary>A column that the pipeline gives, one row after the other.</summary>
    /// <param name="rows">Rows; each vector has the same length in all of them.</param>
    /// <param name="name">The column.</param>
    public T[] Column<T>(IDataView rows, string name)
    {
        var inputs = rows.Schema.Where(column => _session.InputMetadata.ContainsKey(column.Name)).Select(column => Input(rows, column)).ToList();
        using var results = _session.Run(inputs, [name + ".output"]);
        return [.. results[0].AsTensor<T>()];
    }

    private static NamedOnnxValue Input(IDataView rows, DataViewSchema.Column column)
    {
        var item = column.Type is VectorDataViewType { ItemType: var own } ? own : column.Type;
        return item.RawType == typeof(float) ? Input<float>(rows, column)
            : item.RawType == typeof(uint) ? Input<uint>(rows, column)
            : item.RawType == typeof(bool) ? Input<bool>(rows, column)
            : Of(column, rows.GetColumn<ReadOnlyMemory<char>>(column).Select(text => new[] { text.ToString() }));
    }

    private static NamedOnnxValue Input<T>(IDataView rows, DataViewSchema.Column column) =>
        Of(column, column.Type is VectorDataViewType ? rows.GetColumn<T[]>(column) : rows.GetColumn<T>(column).Select(value => new[] { value }));

    private static NamedOnnxValue Of<T>(DataViewSchema.Column column, IEnumerable<T[]> values)
    {
        var all = values.ToList();
        int[] shape = column.Type is VectorDataViewType { IsKnownSize: true } vector ? [.. vector.Dimensions] : [all[0].Length];
        return NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<T>(all.SelectMany(row => row).ToArray(), [all.Count, .. shape]));
    }
}
