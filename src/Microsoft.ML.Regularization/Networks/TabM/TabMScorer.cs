using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Scores a <see cref="TabMArchitecture"/> in managed SIMD code, without libtorch: the members of a row are rows of one product with the weights that they share.
/// </summary>
internal sealed class TabMScorer : INetworkScorer
{
    private readonly MlpScorer _hidden;
    private readonly int _members;
    private readonly float[] _factors;
    private readonly MemberOutputDescription _output;
    private readonly float[] _weight;
    private readonly float[] _bias;
    private readonly MemberMeanDescription? _mean;

    /// <param name="context">For errors.</param>
    /// <param name="layers">
    /// The network's layers. Rows come with numbers embedded, where one of the layers says so. Without a mean, the outputs of a row are those of all members.
    /// </param>
    /// <param name="weights">Its weights.</param>
    public TabMScorer(IExceptionContext context, IReadOnlyList<LayerDescription> layers, NetworkWeights weights)
    {
        var factors = layers.OfType<MemberFactorDescription>().Single();
        _output = layers.OfType<MemberOutputDescription>().Single();
        _members = factors.Members;
        _mean = layers.OfType<MemberMeanDescription>().SingleOrDefault();
        _hidden = new MlpScorer(
            context, layers.SkipWhile(layer => layer != factors).Skip(1).TakeWhile(layer => layer != _output), weights, noiseRows: _members);
        _factors = weights.Read(context, factors.Name + ".factor", _members, factors.Width);
        _weight = weights.Read(context, _output.Name + ".weight", _members * _output.Outputs, _output.Inputs);
        _bias = weights.Read(context, _output.Name + ".bias", _members * _output.Outputs);
    }

    public IReadOnlyList<ScoringLayer> Layers => _hidden.Layers;

    public int Blocks => 0;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var (size, state) = (rows.Length * _members, count * _members * _output.Inputs);
        var rented = ArrayPool<float>.Shared.Rent(size + state + _bias.Length);
        var seen = rented.AsSpan(0, size);
        var width = rows.Length / count;
        for (var row = 0; row < count; row++)
        {
            for (var member = 0; member < _members; member++)
                TensorPrimitives.Multiply(rows.Slice(row * width, width), _factors.AsSpan(member * width, width), seen.Slice((row * _members + member) * width, width));
        }

        var states = rented.AsSpan(size, state);
        _hidden.Score(seen, count * _members, states, noise);
        var own = rented.AsSpan(size + state, _bias.Length);
        for (var row = 0; row < count; row++)
        {
            Output(states.Slice(row * _members * _output.Inputs, _members * _output.Inputs), own);
            if (_mean is null)
                own.CopyTo(outputs[(row * own.Length)..]);
            else
                MeanPrediction.Of(own, _members, _mean.AreLogits, outputs.Slice(row * _output.Outputs, _output.Outputs));
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // Sums of one member after the other: few outputs of many inputs.
    private void Output(ReadOnlySpan<float> states, Span<float> outputs)
    {
        for (var unit = 0; unit < outputs.Length; unit++)
        {
            var state = states.Slice(unit / _output.Outputs * _output.Inputs, _output.Inputs);
            outputs[unit] = _bias[unit] + TensorPrimitives.Dot(state, _weight.AsSpan(unit * _output.Inputs, _output.Inputs));
        }
    }
}
