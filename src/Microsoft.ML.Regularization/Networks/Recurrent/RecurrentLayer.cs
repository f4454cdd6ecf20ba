using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Recurrent units that read a sequence (batch, steps, in) from its first step to its last and give their states (batch, steps, units). The parameters are
/// those that PyTorch calls weight_ih, weight_hh, bias_ih and bias_hh.
/// </summary>
internal sealed class RecurrentLayer : nn.Module<Tensor, Tensor>
{
    private readonly RecurrentCell _cell;
    private readonly WeightMask? _mask;

    [ComponentName(Name = "input_weight")]
    private readonly Parameter _inputWeight;

    [ComponentName(Name = "recurrent_weight")]
    private readonly Parameter _recurrentWeight;

    [ComponentName(Name = "input_bias")]
    private readonly Parameter _inputBias;

    [ComponentName(Name = "recurrent_bias")]
    private readonly Parameter _recurrentBias;

    /// <param name="cell">The kind of unit.</param>
    /// <param name="inputWeight">(gates * units, in), the rows of a gate together.</param>
    /// <param name="recurrentWeight">(gates * units, units).</param>
    /// <param name="mask">Of the recurrent weights while training; null for none.</param>
    public RecurrentLayer(RecurrentCell cell, Tensor inputWeight, Tensor recurrentWeight, WeightMask? mask)
        : base(nameof(RecurrentLayer))
    {
        _cell = cell;
        _mask = mask;
        var (rows, units) = (recurrentWeight.shape[0], recurrentWeight.shape[1]);
        var inputBias = FloatTensors.Zeros(rows);
        using (var keepGate = inputBias.narrow(0, units, units))
            keepGate.Fill(cell.KeepBias);
        _inputWeight = ModuleParameter.Of(inputWeight);
        _recurrentWeight = ModuleParameter.Of(recurrentWeight);
        _inputBias = ModuleParameter.Of(inputBias);
        _recurrentBias = ModuleParameter.Of(FloatTensors.Zeros(rows));
        register_parameter("input_weight", _inputWeight);
        register_parameter("recurrent_weight", _recurrentWeight);
        register_parameter("input_bias", _inputBias);
        register_parameter("recurrent_bias", _recurrentBias);
    }

    /// <summary>
    /// A layer whose recurrent weights are masked where the recipe has <see cref="DropConnect"/>, with uniform weights within <c>+-1 / sqrt(units)</c> and zero
    /// biases, but for the gate that keeps the state.
    /// </summary>
    /// <param name="cell">The kind of unit.</param>
    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">Its units.</param>
    /// <param name="builder">Draws weights and masks.</param>
    public static RecurrentLayer Create(RecurrentCell cell, int inputs, int units, NetworkBuilder builder)
    {
        var bound = 1 / Math.Sqrt(units);
        return new RecurrentLayer(
            cell, builder.Weights.Uniform(bound, cell.Gates * units, inputs), builder.Weights.Uniform(bound, cell.Gates * units, units), builder.Mask());
    }

    /// <summary>Lists the tensors of such a layer.</summary>
    public static void List(TensorList tensors, string name, RecurrentCell cell, long inputs, long units)
    {
        tensors.Add(name + ".input_weight", cell.Gates * units, inputs);
        tensors.Add(name + ".recurrent_weight", cell.Gates * units, units);
        tensors.Add(name + ".input_bias", cell.Gates * units);
        tensors.Add(name + ".recurrent_bias", cell.Gates * units);
    }

    /// <summary>How many units there are.</summary>
    public int Units => (int)_recurrentWeight.shape[1];

    /// <summary>The same in managed code; null where libtorch alone computes it.</summary>
    /// <param name="order">The sequences' order.</param>
    /// <param name="isBack">Whether it reads from the last step to the first.</param>
    /// <param name="places">Where its states belong.</param>
    public RecurrentSteps? CreateSteps(SequenceOrder order, bool isBack, StatePlaces places)
    {
        if (_mask is not null)
            return null;
        var inputs = (int)_inputWeight.shape[1];
        var gates = StepGates.Of(_cell, RecurrentWeights.PaddedOf(Units));
        var weights = new RecurrentWeights(
            inputs, Units, gates.Blocks, (new ParameterMemory(_inputWeight), new ParameterMemory(_recurrentWeight)),
            (new ParameterMemory(_inputBias), new ParameterMemory(_recurrentBias)));
        return new RecurrentSteps(order, inputs, weights, gates, isBack, places);
    }

    public override Tensor forward(Tensor input)
    {
        var recurrentWeight = training && _mask is not null ? _mask.Apply(_recurrentWeight) : _recurrentWeight;
        return RecurrentKernel.Run(_cell, input, _inputWeight, recurrentWeight, _inputBias, _recurrentBias);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _mask?.Dispose();
        base.Dispose(disposing);
    }
}
