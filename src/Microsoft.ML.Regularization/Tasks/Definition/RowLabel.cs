using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The label of a row, a class or numbers, and the row's example weight.</summary>
/// <param name="hardClass">The class, from 0, where the label is one; else null.</param>
/// <param name="values">Else the distribution over the classes, or the target of a regression.</param>
/// <param name="weight">The example weight.</param>
internal readonly ref struct RowLabel(int? hardClass, ReadOnlySpan<float> values, float weight)
{
    /// <summary>The class, from 0, where the label is one; else null.</summary>
    public int? Class { get; } = hardClass;

    /// <summary>The distribution over the classes, or the target of a regression; empty where the label is a class.</summary>
    public ReadOnlySpan<float> Values { get; } = values;

    public float Weight { get; } = weight;

    /// <summary>Writes the distribution over the classes, or the target of a regression.</summary>
    public void CopyTo(Span<float> target)
    {
        if (Class is not { } hardClass)
        {
            Values.CopyTo(target);
            return;
        }

        target.Clear();
        target[hardClass] = 1;
    }

    /// <summary>The class, or the most probable one of a distribution.</summary>
    public int MostProbableClass => Class ?? TensorPrimitives.IndexOfMax(Values);
}
