using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A trained linear layer in managed SIMD code, and what follows it: normalization, activation, noise.</summary>
internal sealed class ScoringLayer
{
    private readonly float[] _bias;
    private NormalizationFunction? _normalization;

    // The variance of each weight under its mask, which makes Weight means; null where weights are not random.
    private float[]? _weightVariance;

    // Made when the first row comes, once normalization is in the weights.
    private PackedMatrix? _packedWeight;

    // The same for sparse rows: (in, out).
    private float[]? _weightBySlot;

    private ScoringLayer(string name, float[] weight, float[] bias)
    {
        Name = name;
        Weight = weight;
        _bias = bias;
    }

    /// <summary>The linear layer's name among the network's tensors, such as <c>hidden.0.linear</c>.</summary>
    public string Name { get; }

    /// <summary>(out, in), times <see cref="Fold"/> by row.</summary>
    public float[] Weight { get; }

    /// <summary>By which factor a normalization has changed the weights of each unit; null for none that has.</summary>
    public float[]? Fold { get; private set; }

    public int Outputs => _bias.Length;

    /// <summary>Null for none.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Its place among the network's layers, by which its noise is known.</summary>
    public int Index { get; init; }

    /// <summary>Whether the noise of units follows it.</summary>
    public bool HasUnitNoise { get; init; }

    /// <summary>Whether it gives the network's outputs.</summary>
    public bool IsOutput { get; init; }

    public static ScoringLayer Read(
        IExceptionContext context,
        NetworkWeights weights,
        string name,
        int inputs,
        int outputs,
        int index,
        Activation? activation = null,
        bool hasUnitNoise = false,
        bool isOutput = false) =>
        new(name, weights.Read(context, name + ".weight", outputs, inputs), weights.Read(context, name + ".bias", outputs))
        {
            Activation = activation,
            Index = index,
            HasUnitNoise = hasUnitNoise,
            IsOutput = isOutput,
        };

    /// <summary>Makes the layer give its expected outputs over the noise on its weights, where the dropout asks for them.</summary>
    public void MatchMoments(Dropout? dropout) => _weightVariance = dropout?.ScoringVariance(Weight);

    /// <param name="network">The network's weights.</param>
    public TrainedLinear Trained(NetworkWeights network) => new(Name, Weight, Fold, IsOutput, network);

    /// <summary>Puts a normalization between the linear layer and the activation: an affine one into the weights.</summary>
    public void Normalize(NormalizationFunction? normalization)
    {
        if (normalization is not { IsAffine: true })
        {
            _normalization = normalization;
            return;
        }

        // W' = W scale and b' = b scale + shift give the normalized output at once.
        Fold = normalization.Scale;
        var inputs = Weight.Length / Outputs;
        for (var unit = 0; unit < Outputs; unit++)
        {
            var row = Weight.AsSpan(unit * inputs, inputs);
            TensorPrimitives.Multiply(row, Fold[unit], row);
            _bias[unit] = _bias[unit] * Fold[unit] + normalization.Shift[unit];
        }
    }

    /// <summary>Its own part of a network's noise.</summary>
    public LayerNoise? NoiseIn(NetworkNoise? noise) => noise?.Layers[Index];

    /// <param name="input">One value for each input.</param>
    /// <param name="output">Receives one value for each output; another memory than the input's.</param>
    /// <param name="noise">Null for none.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, LayerNoise? noise)
    {
        RowProduct.Compute(input, PackedWeight(input.Length), _bias, output);
        if (noise is null && _weightVariance is not null)
        {
            ApplyExpectation(input, output);
            return;
        }

        noise?.ChangeSums(input, output);
        FinishSums(output, noise);
    }

    /// <summary>What a sparse row sums up to.</summary>
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
            var behind = weights + (nint)(bySlot.Length / Outputs - tail.Length) * Outputs;
            for (var i = 0; i < tail.Length; i++)
            {
                var row = 0;
                SparseProduct.Sum(&row, last + i, 1, behind + (nint)i * Outputs, Outputs, sum, sum);
            }
        }
    }

    /// <summary>What follows the sums of a row: normalization, activation, noise of units.</summary>
    public void FinishSums(Span<float> sums, LayerNoise? noise)
    {
        _normalization?.Apply(sums, sums);
        if (Activation is { } activation)
            ActivationFunction.Apply(activation, sums);
        noise?.ChangeUnits(sums);
    }

    /// <summary>The same of many rows, without noise.</summary>
    public void FinishSumsOfRows(Span<float> sums)
    {
        _normalization?.ApplyToRows(sums, sums);
        if (Activation is { } activation)
            ActivationFunction.Apply(activation, sums);
    }

    /// <summary>Many rows at once, without noise.</summary>
    /// <param name="rows">(count, inputs).</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">Receives (count, outputs); another memory than the input's.</param>
    public void ApplyToRows(ReadOnlySpan<float> rows, int count, Span<float> outputs)
    {
        SumRows(rows, count, outputs);
        if (_weightVariance is not null)
        {
            var width = rows.Length / count;
            for (var row = 0; row < count; row++)
                ApplyExpectation(rows.Slice(row * width, width), outputs.Slice(row * Outputs, Outputs));
            return;
        }

        FinishSumsOfRows(outputs);
    }

    /// <summary>For each row of a matrix (out, in) its product with the input.</summary>
    public static void Sum(float[] matrix, ReadOnlySpan<float> input, Span<float> output)
    {
        for (var unit = 0; unit < output.Length; unit++)
            output[unit] = TensorPrimitives.Dot(input, matrix.AsSpan(unit * input.Length, input.Length));
    }

    // Two threads that make it at once make the same.
    private unsafe float[] BySlot()
    {
        var (inputs, bySlot) = (Weight.Length / Outputs, new float[Weight.Length]);
        fixed (float* source = Weight, destination = bySlot)
            MatrixTransposition.Transpose(source, inputs, Outputs, inputs, destination, Outputs);
        return _weightBySlot = bySlot;
    }

    private PackedMatrix PackedWeight(int inputs) => _packedWeight ?? Pack(inputs);

    // Of threads that come with the first rows at the same time, all go on with the same one.
    private PackedMatrix Pack(int inputs)
    {
        var packed = PackedMatrix.OfWeight(Weight, inputs);
        return Interlocked.CompareExchange(ref _packedWeight, packed, null) ?? packed;
    }

    private unsafe void SumRows(ReadOnlySpan<float> rows, int count, Span<float> sums)
    {
        var weight = PackedWeight(rows.Length / count);
        fixed (float* left = rows, bias = _bias, result = sums)
        {
            MatrixProduct.Compute(
                new Matrix(left, count, rows.Length / count), weight, Matrix.Repeat(bias, count, Outputs), new Matrix(result, count, Outputs));
        }
    }

    private void ApplyExpectation(ReadOnlySpan<float> input, Span<float> means)
    {
        var rented = ArrayPool<float>.Shared.Rent(input.Length + means.Length);
        var squares = rented.AsSpan(0, input.Length);
        var variances = rented.AsSpan(input.Length, means.Length);
        TensorPrimitives.Multiply(input, input, squares);
        Sum(_weightVariance!, squares, variances);
        _normalization?.ApplyToMoments(means, variances);
        NormalExpectation.Apply(Activation!.Value, means, variances);
        ArrayPool<float>.Shared.Return(rented);
    }
}
