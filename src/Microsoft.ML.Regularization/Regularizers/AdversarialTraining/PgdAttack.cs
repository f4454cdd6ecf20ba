using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Computes the attack of <see cref="PgdTraining"/>.</summary>
internal sealed class PgdAttack(IAttackedPasses passes, PgdTraining options, RandomKey key)
    : AdversarialAttack(passes, options)
{
    // Keeps a row without gradient, or without change, where it is.
    private const double Tiny = 1e-12;

    private readonly IAttackedPasses _passes = passes;
    private readonly PgdTraining _options = options;
    private readonly RandomKey _key = key.Derive("start of attacks");

    public override Tensor Attack(TrainingBatch batch, Tensor? cleanGradient) =>
        Attack(batch, _options.RandomStart ? Start(batch.Features.shape, _passes.Step).to(batch.Features.device) : null, _options.Steps);

    /// <param name="batch">The rows.</param>
    /// <param name="start">The change of the features before the first step; null for none.</param>
    /// <param name="steps">Steps to take.</param>
    internal Tensor Attack(TrainingBatch batch, Tensor? start, int steps)
    {
        var attacked = start is null ? batch.Features : Admissible(batch.Features.Plus(start), batch);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var gradient = InputGradient(attacked, batch);
            using var _ = no_grad();
            var change = WithinReach(attacked.Plus(Direction(gradient).Times(_options.EffectiveStepSize)) - batch.Features);
            attacked = Admissible(batch.Features.Plus(change), batch).MoveToOuterDisposeScope();
        }

        return attacked;
    }

    /// <summary>Changes (rows, features) drawn uniformly from all within reach.</summary>
    internal Tensor Start(long[] shape, ulong step)
    {
        var (rows, features) = ((int)shape[0], (int)(shape.Aggregate(1L, (product, size) => product * size) / shape[0]));
        var start = FloatTensors.Empty(shape);
        var changes = MemoryMarshal.Cast<byte, float>(start.bytes);
        if (_options.Norm == AdversarialNorm.LInfinity)
        {
            UniformNoise.Fill(changes, _key, step, _options.Epsilon);
            return start;
        }

        // A normal vector has a uniform direction; the share of the ball within radius r is (r / epsilon)^features.
        GaussianNoise.Fill(changes, _key, step, mean: 0, deviation: 1);
        var random = new KeyedStream(_key.Derive("radius"), step);
        for (var row = 0; row < rows; row++)
        {
            var change = changes.Slice(row * features, features);
            var radius = _options.Epsilon * Math.Pow(random.NextPositiveDouble(), 1.0 / features);
            TensorPrimitives.Multiply(change, (float)(radius / (TensorPrimitives.Norm<float>(change) + Tiny)), change);
        }

        return start;
    }

    private Tensor Direction(Tensor gradient) =>
        _options.Norm == AdversarialNorm.LInfinity ? gradient.sign() : gradient / NormOfRows(gradient).Plus(Tiny);

    private Tensor WithinReach(Tensor change) => _options.Norm == AdversarialNorm.LInfinity
        ? change.Within(_options.Epsilon)
        : change * NormOfRows(change).Plus(Tiny).reciprocal().Times(_options.Epsilon).AtMost(1);

    private static Tensor NormOfRows(Tensor rows) => rows.norm(dim: 1, keepdim: true);
}
