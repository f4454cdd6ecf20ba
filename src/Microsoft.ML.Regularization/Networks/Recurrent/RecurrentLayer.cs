using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

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
