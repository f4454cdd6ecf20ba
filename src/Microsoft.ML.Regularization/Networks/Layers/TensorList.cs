using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The names and shapes of a network's tensors, listed as <see cref="NetworkBuilder"/> makes its layers, but without making any: a file is compared with
/// them before memory is taken, and without libtorch.
/// </summary>
/// <param name="recipe">The recipe that the network was trained with.</param>
/// <param name="most">Numbers that there may be.</param>
internal sealed class TensorList(RegularizationRecipe recipe, long most)
{
    private readonly Dictionary<string, long[]> _shapes = [];
    private bool _isOpen;

    /// <summary>Numbers of all tensors.</summary>
    public long Count { get; private set; }

    public IReadOnlyDictionary<string, long[]> Shapes => _shapes;

    /// <summary>Leaves the list open: the network has tensors that cannot be listed here.</summary>
    public void Open() => _isOpen = true;

    /// <exception cref="InvalidDataException">There are more numbers than there may be.</exception>
    public void Add(string name, params long[] shape)
    {
        var count = 1L;
        foreach (var size in shape)
            count = Math.Min(count * Math.Min(size, int.MaxValue), int.MaxValue);
        _shapes.Add(name, shape);
        Count += count;
        if (Count > most)
            throw new InvalidDataException($"there are {most} numbers at most, but with the tensor '{name}' of shape {TensorEntry.Describe(shape)} the network has more.");
    }

    /// <summary>Lists those of another list under names with a prefix.</summary>
    public void Add(string prefix, TensorList others)
    {
        foreach (var (name, shape) in others.Shapes)
            Add(prefix + name, shape);
        _isOpen |= others._isOpen;
    }

    /// <summary>Lists the tensors of <see cref="NetworkBuilder.Dense"/>.</summary>
    public void Dense(string name, long inputs, long outputs)
    {
        Add(name + ".weight", outputs, inputs);
        Add(name + ".bias", outputs);
        foreach (var (suffix, shape) in recipe.Dropout?.TensorsOfLinearLayer(inputs, outputs) ?? [])
            Add($"{name}.{suffix}", shape);
    }

    /// <summary>Lists the tensors of a normalization: see <see cref="Normalizations"/>.</summary>
    public void Normalize(string name, Normalization normalization, long units)
    {
        if (normalization == Normalization.None)
            return;
        Add(name + ".weight", units);
        Add(name + ".bias", units);
        if (normalization != Normalization.Batch)
            return;
        Add(name + ".running_mean", units);
        Add(name + ".running_var", units);
    }

    /// <summary>A linear layer and its normalization.</summary>
    public void Hidden(string name, long inputs, long outputs, Normalization normalization = Normalization.None)
    {
        Dense(name + ".linear", inputs, outputs);
        Normalize(name + ".norm", normalization, outputs);
    }

    /// <summary>Lists the tensors of a <see cref="ConvolutionLayer"/>.</summary>
    public void Convolution(string name, long inputs, long outputs, Normalization normalization, int size = ConvolutionLayer.KernelSize)
    {
        Add(name + ".weight", outputs, inputs, size, size);
        if (normalization != Normalization.Batch)
            Add(name + ".bias", outputs);
    }

    /// <summary>Lists the tensors of a <see cref="CategoryLayer"/>.</summary>
    public void Categories(IEnumerable<CategoryTable> tables)
    {
        foreach (var table in tables)
            Add(table.Name, table.Values + 1L, table.Size);
    }

    /// <summary>Those of layers that are described, without the tables of categories, of which a file may name more than anything has.</summary>
    public void Layers(IEnumerable<LayerDescription> layers)
    {
        foreach (var layer in layers)
        {
            switch (layer)
            {
                case LinearDescription linear:
                    Dense(linear.Name, linear.Inputs, linear.Outputs);
                    break;
                case NormalizationDescription normalization:
                    Normalize(normalization.Name, normalization.Normalization, normalization.Units);
                    break;
                case ResidualDescription residual:
                    Layers(residual.Branch);
                    Layers(residual.Shortcut);
                    break;
                default:
                    foreach (var (name, shape) in layer.Tensors)
                        Add(name, shape);
                    break;
            }
        }
    }

    /// <summary>Compares the tensors of a file.</summary>
    /// <exception cref="InvalidDataException">One is missing, is there for nothing, or has another shape; the message names it.</exception>
    public void Check(IReadOnlyList<TensorEntry> found)
    {
        var left = found.ToDictionary(tensor => tensor.Name);
        foreach (var (name, shape) in _shapes)
        {
            if (!left.Remove(name, out var tensor))
                throw new InvalidDataException($"the tensor '{name}' is missing.");
            if (!tensor.Shape.AsSpan().SequenceEqual(shape))
                throw new InvalidDataException($"the tensor '{name}' has shape {TensorEntry.Describe(tensor.Shape)} instead of {TensorEntry.Describe(shape)}.");
        }

        if (left.Count > 0 && !_isOpen)
            throw new InvalidDataException($"there is a tensor '{left.Keys.Order(StringComparer.Ordinal).First()}', which the network does not have.");
    }
}
