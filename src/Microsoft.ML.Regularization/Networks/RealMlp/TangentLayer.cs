using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, in) to <c>x W^T / sqrt(in) + b</c> (batch, out) with normal weights of variance 1: the neural tangent parametrization (Jacot, Gabriel and
/// Hongler, "Neural tangent kernel: convergence and generalization in neural networks", 2018).
/// </summary>
internal sealed class TangentLayer : nn.Module<Tensor, Tensor>, IScaledLayer
{
    /// <summary>The stored parameters are the biases divided by this constant.</summary>
    public const double BiasRate = 0.1;

    // Of the mean of five independent values of variance 1 with weights uniform on the simplex: 5 E(w^2) = 5 * 2 / (5 * 6).
    private const double BiasVariance = 1.0 / 3;

    private readonly double _inputFactor;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public TangentLayer(int inputs, int outputs, NetworkBuilder builder)
        : base(nameof(TangentLayer))
    {
        _inputFactor = 1 / Math.Sqrt(inputs);
        _weight = ModuleParameter.Of(builder.Weights.Normal(1, outputs, inputs));
        _bias = ModuleParameter.Of(builder.Weights.Normal(Math.Sqrt(BiasVariance) / BiasRate, outputs));
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    /// <summary>Fits weights and biases to the rows before it (rows, in), and gives what it makes of them: see <see cref="UnitInitialization"/>.</summary>
    public Tensor InitializeFrom(Tensor rows, RandomKey key)
    {
        var sums = DenseProduct.Of(rows.Times(_inputFactor), _weight).cpu().contiguous();
        var units = (int)_weight.shape[0];
        var inputs = MemoryMarshal.Cast<byte, float>(rows.cpu().contiguous().bytes);
        var size = TensorPrimitives.Norm<float>(inputs) / Math.Sqrt(inputs.Length);
        var (factors, biases) = UnitInitialization.Of(MemoryMarshal.Cast<byte, float>(sums.bytes), units, size, key);
        _weight.mul_(FloatTensors.Of(factors, units, 1).to(_weight.device));
        _bias.copy_(FloatTensors.Of(biases, units).Over(BiasRate));
        return forward(rows);
    }

    /// <summary>Describes such a layer.</summary>
    public static LinearDescription Describe(string name, int place, int inputs, int outputs) =>
        new(name, place, inputs, outputs) { WeightFactor = 1 / Math.Sqrt(inputs), BiasFactor = BiasRate };

    /// <summary>The same in managed code.</summary>
    public DensePass CreatePass() => CreatePass(new AffineUnits((int)_weight.shape[0], (float)_inputFactor, new ParameterMemory(_bias), (float)BiasRate));

    /// <summary>The same with a parametric activation and noise behind it.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="mixing">Of the units.</param>
    /// <param name="noise">Null for none.</param>
    public DensePass CreatePass(Activation activation, ParameterMemory mixing, MultiplicativeNoiseLayer? noise)
    {
        var (units, factor, bias) = ((int)_weight.shape[0], (float)_inputFactor, new ParameterMemory(_bias));
        return CreatePass(activation switch
        {
            Activation.ReLU => new ParametricUnits<ActivationFormulas.ReLU>(units, factor, bias, mixing, noise),
            Activation.GELU => new ParametricUnits<ActivationFormulas.GELU>(units, factor, bias, mixing, noise),
            Activation.SiLU => new ParametricUnits<ActivationFormulas.SiLU>(units, factor, bias, mixing, noise),
            Activation.Tanh => new ParametricUnits<ActivationFormulas.Tanh>(units, factor, bias, mixing, noise),
            Activation.SELU => new ParametricUnits<ActivationFormulas.SELU>(units, factor, bias, mixing, noise),
            Activation.Mish => new ParametricUnits<ActivationFormulas.Mish>(units, factor, bias, mixing, noise),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null),
        });
    }

    private DensePass CreatePass(DenseUnits units) => new((int)_weight.shape[1], new ParameterMemory(_weight), units);

    /// <inheritdoc/>
    public WeightScale Scale => new(_weight, _inputFactor);

    public override Tensor forward(Tensor input) => DenseProduct.Of(input.Times(_inputFactor), _weight, _bias.Times(BiasRate));
}
