using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The labels and example weights of rows, kept in their order.</summary>
/// <param name="targetSize">Numbers of a target: the classes, or 1 for a regression.</param>
internal sealed class RowLabels(int targetSize)
{
    private const int NoClass = -1;

    private readonly List<int> _classes = [];
    private readonly List<float> _weights = [];
    private readonly List<float> _values = [];
    private readonly List<int> _starts = [];

    public int Count => _classes.Count;

    /// <summary>Numbers of a target: the classes, or 1 for a regression.</summary>
    public int TargetSize => targetSize;

    public RowLabel this[int row] => _classes[row] == NoClass
        ? new RowLabel(null, CollectionsMarshal.AsSpan(_values).Slice(_starts[row], targetSize), _weights[row])
        : new RowLabel(_classes[row], [], _weights[row]);

    public void Add(RowLabel label)
    {
        _classes.Add(label.Class ?? NoClass);
        _weights.Add(label.Weight);
        _starts.Add(_values.Count);
        if (label.Class is null)
            _values.AddRange(label.Values);
    }
}
