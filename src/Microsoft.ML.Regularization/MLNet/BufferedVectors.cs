using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Vectors, whose values are copied into the caller's memory.</summary>
internal sealed class BufferedVectors<TItem>(DataViewRow source, DataViewSchema.Column column) : BufferedValues<VBuffer<TItem>>(source, column)
{
    protected override void Copy(in VBuffer<TItem> source, ref VBuffer<TItem> destination) => source.CopyTo(ref destination);
}
