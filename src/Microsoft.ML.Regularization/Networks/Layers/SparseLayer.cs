using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The first layer of a network for sparse rows: <c>x W^T + b</c> (batch, out); W (out, in), which memory holds input by input; b (out).
/// </summary>
internal sealed class SparseLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;
    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    private readonly int[] _tail;

    /// <param name="weight">(out, in), input by input.</param>
    /// <param name="bias">(out).</param>
    /// <param name="numbers">Number of inputs that are sparse; the others follow them in every row.</param>
    public SparseLayer(Tensor weight, Tensor bias, int numbers)
        : base(nameof(SparseLayer))
    {
        var (outputs, inputs) = ((int)weight.shape[0], (int)weight.shape[1]);
        _tail = [.. Enumerable.Range(numbers, inputs - numbers)];
        _weight = ModuleParameter.Of(weight);
        _bias = ModuleParameter.Of(bias);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
        Matrix = new SlotMatrix(_weight, inputs, outputs, isTransposed: true);
    }

    /// <param name="weight">(out, in), output by output; it is disposed of.</param>
    /// <param name="bias">(out).</param>
    /// <param name="numbers">Inputs that sparse rows have.</param>
    public static unsafe SparseLayer Create(Tensor weight, Tensor bias, int numbers)
    {
        var (outputs, inputs) = ((int)weight.shape[0], (int)weight.shape[1]);
        using var bySlot = FloatTensors.Empty(inputs, outputs);
        fixed (byte* source = weight.bytes)
        fixed (byte* destination = bySlot.bytes)
            MatrixTransposition.Transpose((float*)source, inputs, outputs, inputs, (float*)destination, outputs);
        weight.Dispose();
        return new SparseLayer(bySlot.t(), bias, numbers);
    }

    public SlotMatrix Matrix { get; }

    public override Tensor forward(Tensor input) => DenseProduct.Of(input, _weight, _bias);

    /// <param name="rows">The rows.</param>
    /// <param name="tail">Further columns after their numbers (rows, n); null for none.</param>
    public Tensor Forward(SparseRows rows, Tensor? tail)
    {
        if (training && Matrix.IsLazy)
        {
            Matrix.Touch(rows.BySlot.Slots);
            Matrix.Touch(_tail);
        }

        return SparseLinear.Of(rows, tail, Matrix, _bias);
    }
}
