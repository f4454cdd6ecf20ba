using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The gradient of <see cref="FineTuning.Mixout"/>: passes see the body's matrices mixed with those that they started from. The weights are restored afterwards, bit for bit.
/// </summary>
internal sealed class MixoutGradient : ILossGradient, IDisposable
{
    private readonly ILossGradient _inner;
    private readonly ILossPasses _passes;
    private readonly FlatParameters _parameters;
    private readonly List<MixedMatrix> _matrices;

    /// <param name="inner">The gradient by the mixed weights.</param>
    /// <param name="passes">Tell the step: all passes of one have the same masks.</param>
    /// <param name="parameters">The parameters, at their starting point.</param>
    /// <param name="probability">That of a weight to be as it started.</param>
    /// <param name="key">Draws the masks.</param>
    public MixoutGradient(ILossGradient inner, ILossPasses passes, FlatParameters parameters, double probability, RandomKey key)
    {
        (_inner, _passes, _parameters) = (inner, passes, parameters);
        var own = key.Derive("mixout");
        _matrices = [.. parameters.Matrices.Where(matrix => !BodyLayers.IsHead(matrix.Name)).Select(matrix => new MixedMatrix(parameters, matrix, 1 - probability, own.Derive(matrix.Name)))];
    }

    public double Add(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        var weights = _parameters.Weights.clone();
        using (no_grad())
            _matrices.ForEach(matrix => matrix.Mix(_passes.Step));
        var loss = _inner.Add(batch);
        using var _ = no_grad();
        _matrices.ForEach(matrix => matrix.MaskGradient());
        _parameters.Weights.copy_(weights);
        return loss;
    }

    public void Dispose() => _matrices.ForEach(matrix => matrix.Dispose());
}
