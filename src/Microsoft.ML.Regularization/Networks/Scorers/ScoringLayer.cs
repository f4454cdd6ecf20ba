using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A trained linear layer in managed SIMD code, and what follows it: normalization, activation, noise.</summary>
internal sealed class ScoringLayer
{
    private readonly LinearDescription _description;
    private readonly NetworkTensor _weight;
    private readonly float[] _bias;
    private readonly float[]? _inputFactors;
    private readonly float[]? _fold;
    private readonly NormalizationFunction? _normalization;
    private readonly UnitActivation? _activation;

    // The variance of each weight under its mask, which makes weights means; null where weights are not random.
    private readonly float[]? _weightVariance;

    // The one form of the weights that rows need is made when the first row comes.
    private PackedMatrix? _packedWeight;

    // The same for sparse rows: (in, out).
    private float[]? _weightBySlot;

    /// <param name="context">For errors.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="description">The linear layer.</param>
    /// <param name="inputFactors">What the layer's inputs are multiplied by, which is folded into the weights; null for nothing.</param>
    /// <param name="normalization">The normalization after it; an affine one is folded into the weights. Null for none.</param>
    /// <param name="activation">The activation after that; null for none.</param>
    /// <param name="noiseUnits">See <see cref="NoiseUnits"/>.</param>
    /// <param name="dropout">Dropout that may require expected outputs over the noise on the weights; null for none.</param>
    public ScoringLayer(
        IExceptionContext context,
        NetworkWeights weights,
        LinearDescription description,
        float[]? inputFactors = null,
        NormalizationFunction? normalization = null,
        UnitActivation? activation = null,
        int noiseUnits = 0,
        Dropout? dropout = null)
    {
        _description = description;
        _weight = weights.Require(context, description.Name + ".weight", description.Outputs, description.Inputs);
        _inputFactors = inputFactors;
        _bias = weights.Read(context, description.Name + ".bias", description.Outputs);
        TensorPrimitives.Multiply(_bias, (float)description.BiasFactor, _bias);
        _activation = activation;
        NoiseUnits = noiseUnits;
        if (normalization is { IsAffine: true })
        {
            // W' = W scale and b' = b scale + shift give the normalized output at once.
            _fold = normalization.Scale;
            for (var unit = 0; unit < Outputs; unit++)
                _bias[unit] = _bias[unit] * _fold[unit] + normalization.Shift[unit];
        }
        else
        {
            _normalization = normalization;
        }

        _weightVariance = dropout?.ScoringVariance(Weight());
    }

    public int Outputs => _description.Outputs;

    /// <summary>Its place among the network's layers, by which its noise is known.</summary>
    public int Index => _description.Place;

    /// <summary>Units that a draw of the noise behind it is for: those of one row, or of several; 0 where none follows.</summary>
    public int NoiseUnits { get; }

    private int Inputs => _description.Inputs;

    /// <param name="network">The network's weights.</param>
    public TrainedLinear Trained(NetworkWeights network) => new(_description.Name, Weight(), _fold, _description.IsOutput, network);

    /// <summary>One or more rows through the layer and what follows it.</summary>
    /// <param name="rows">(count, inputs).</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">Receives (count, outputs); another memory than the input's.</param>
    /// <param name="noise">That of the network; null for none.</param>
    public void Apply(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise)
    {
        Sum(rows, count, outputs);
        var own = noise?.Layers[Index];
        if (own is not null)
        {
            for (var row = 0; row < count; row++)
                own.ChangeSums(rows.Slice(row * Inputs, Inputs), outputs.Slice(row * Outputs, Outputs));
        }
        else if (_weightVariance is not null)
        {
            for (var row = 0; row < count; row++)
                ApplyExpectation(rows.Slice(row * Inputs, Inputs), outputs.Slice(row * Outputs, Outputs));
            return;
        }

        Finish(outputs, own);
    }

    /// <summary>The sums of a sparse row.</summary>
    /// <param name="slots">Inputs that are not 0.</param>
    /// <param name="values">As many.</param>
    /// <param name="tail">The last inputs, which all rows have.</param>
    /// <param name="sums">Receives one value for each output.</param>
    public unsafe void Sum(ReadOnlySpan<int> slots, ReadOnlySpan<float> values, ReadOnlySpan<float> tail, Span<float> sums)
    {
        var bySlot = _weightBySlot ?? BySlot();
        fixed (int* slot = slots)
        fixed (float* value = values, last = tail, weights = bySlot, bias = _bias, sum = sums)
        {
            SparseProduct.Sum(slot, value, slots.Length, weights, Outputs, bias, sum);
            var behind = weights + (nint)(Inputs - tail.Length) * Outputs;
            for (var i = 0; i < tail.Length; i++)
            {
                var row = 0;
                SparseProduct.Sum(&row, last + i, 1, behind + (nint)i * Outputs, Outputs, sum, sum);
            }
        }
    }

    /// <summary>Applies the operations after the sums of one or more rows: normalization, activation, noise of units.</summary>
    public void FinishSums(Span<float> sums, NetworkNoise? noise) => Finish(sums, noise?.Layers[Index]);

    // Row by row, so that a row gives the same bits alone as among others, whatever the length of a vector.
    private void Finish(Span<float> sums, LayerNoise? noise)
    {
        for (var start = 0; start < sums.Length; start += Outputs)
        {
            var row = sums.Slice(start, Outputs);
            _normalization?.Apply(row, row);
            _activation?.Apply(row);
        }

        for (var start = 0; noise is not null && NoiseUnits > 0 && start < sums.Length; start += NoiseUnits)
            noise.ChangeUnits(sums.Slice(start, NoiseUnits));
    }

    private bool IsFolded => _inputFactors is not null || _fold is not null || _description.WeightFactor != 1;

    // (out, in), as they score: a copy with the layers before and behind in it.
    private float[] Weight()
    {
        var weight = _weight.Values.ToArray();
        for (var unit = 0; IsFolded && unit < Outputs; unit++)
        {
            var row = weight.AsSpan(unit * Inputs, Inputs);
            TensorPrimitives.Multiply(row, (float)_description.WeightFactor * (_fold?[unit] ?? 1), row);
            if (_inputFactors is not null)
                TensorPrimitives.Multiply(row, _inputFactors, row);
        }

        return weight;
    }

    // Two threads that make it at once make the same.
    private unsafe float[] BySlot()
    {
        var bySlot = new float[_weight.Values.Length];
        fixed (float* source = Weight(), destination = bySlot)
            MatrixTransposition.Transpose(source, Inputs, Outputs, Inputs, destination, Outputs);
        return _weightBySlot = bySlot;
    }

    // Threads that arrive with the first rows at the same time all use the same one.
    private PackedMatrix Pack()
    {
        var packed = PackedMatrix.OfWeight(IsFolded ? Weight() : _weight.Values.Span, Inputs);
        return Interlocked.CompareExchange(ref _packedWeight, packed, null) ?? packed;
    }

    private unsafe void Sum(ReadOnlySpan<float> rows, int count, Span<float> sums)
    {
        var weight = _packedWeight ?? Pack();
        if (count == 1)
        {
            RowProduct.Compute(rows, weight, _bias, sums);
            return;
        }

        fixed (float* left = rows, bias = _bias, result = sums)
        {
            MatrixProduct.Compute(
                new Matrix(left, count, Inputs), weight, Matrix.Repeat(bias, count, Outputs), new Matrix(result, count, Outputs));
        }
    }

    private void ApplyExpectation(ReadOnlySpan<float> input, Span<float> means)
    {
        var rented = ArrayPool<float>.Shared.Rent(input.Length + means.Length);
        var squares = rented.AsSpan(0, input.Length);
        var variances = rented.AsSpan(input.Length, means.Length);
        TensorPrimitives.Multiply(input, input, squares);
        for (var unit = 0; unit < variances.Length; unit++)
            variances[unit] = TensorPrimitives.Dot(squares, _weightVariance.AsSpan(unit * input.Length, input.Length));
        _normalization?.ApplyToMoments(means, variances);
        NormalExpectation.Apply(_activation!.Function, means, variances);
        ArrayPool<float>.Shared.Return(rented);
    }
}
