using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Draws what the layers of one network start with: each tensor from a stream of its own, in the order in which they are made.</summary>
/// <param name="key">Of the network.</param>
internal sealed class InitialWeights(RandomKey key)
{
    private readonly RandomKey _key = key.Derive("initial weights");
    private ulong _tensors;

    /// <summary>
    /// Uniform numbers of variance <c>gain^2 / inputs</c>, which keep the scale of the signal when the gain undoes the activation's (He, Zhang, Ren and Sun,
    /// 2015).
    /// </summary>
    /// <param name="inputs">Numbers that an output sums up.</param>
    /// <param name="gain">Compensates for the signal that the activation after the layer removes.</param>
    /// <param name="shape">The tensor's dimensions.</param>
    public Tensor Scaled(int inputs, double gain, params long[] shape)
    {
        var random = new KeyedStream(_key, _tensors++);
        var bound = gain * Math.Sqrt(3.0 / inputs);
        var weights = FloatTensors.Empty(shape);
        foreach (ref var weight in FloatsOf(weights))
            weight = (float)((2 * random.NextDouble() - 1) * bound);
        return weights;
    }

    /// <summary>Normal numbers of mean 0.</summary>
    /// <param name="deviation">Their standard deviation.</param>
    /// <param name="shape">The tensor's dimensions.</param>
    public Tensor Normal(double deviation, params long[] shape)
    {
        var weights = FloatTensors.Empty(shape);
        GaussianNoise.Fill(FloatsOf(weights), _key, _tensors++, mean: 0, deviation);
        return weights;
    }

    /// <summary>Numbers uniform from minus the bound to the bound.</summary>
    /// <param name="bound">The largest magnitude.</param>
    /// <param name="shape">The tensor's dimensions.</param>
    public Tensor Uniform(double bound, params long[] shape)
    {
        var weights = FloatTensors.Empty(shape);
        UniformNoise.Fill(FloatsOf(weights), _key, _tensors++, bound);
        return weights;
    }

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
