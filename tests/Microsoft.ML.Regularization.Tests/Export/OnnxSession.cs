using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Regularization.Tests.Export;

/// <summary>A network that was written as ONNX, in OnnxRuntime.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxSession(TrainedNetwork network)
    {
        using var file = new MemoryStream();
        network.SaveOnnx(file);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(file.ToArray(), options);
    }

    public ModelMetadata Metadata => _session.ModelMetadata;

    public IEnumerable<string> Inputs => _session.InputMetadata.Keys;

    public void Dispose() => _session.Dispose();

    /// <summary>The columns of rows, one row after the other.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">The floats that it reads, with NaN for what is missing.</param>
    public Dictionary<string, float[]> Score(TrainedNetwork network, IReadOnlyList<float[]> rows)
    {
        List<NamedOnnxValue> inputs = [];
        var (start, input) = (0, network.Input);
        if (input.Text is not null)
            inputs.Add(NamedOnnxValue.CreateFromTensor("Tokens", Whole(rows, 0, input.Width)));
        if (input.Numbers > 0)
            inputs.Add(NamedOnnxValue.CreateFromTensor("Features", Part(rows, 0, input.Numbers, value => value)));
        start = input.Numbers;
        foreach (var category in input.Categories)
        {
            inputs.Add(NamedOnnxValue.CreateFromTensor(category.ColumnName, Whole(rows, start, category.Slots)));
            start += category.Slots;
        }

        using var results = _session.Run(inputs);
        return results.ToDictionary(result => result.Name, result => Floats(result.Value, rows.Count));
    }

    private static DenseTensor<long> Whole(IReadOnlyList<float[]> rows, int start, int width) => Part(rows, start, width, value => (long)value);

    private static DenseTensor<T> Part<T>(IReadOnlyList<float[]> rows, int start, int width, Func<float, T> convert) =>
        new(rows.SelectMany(row => row.Skip(start).Take(width).Select(convert)).ToArray(), [rows.Count, width]);

    private static float[] Floats(object value, int rows)
    {
        switch (value)
        {
            case DenseTensor<float> numbers:
                Assert.AreEqual(rows, numbers.Dimensions[0]);
                return [.. numbers];
            case DenseTensor<long> numbers:
                return [.. numbers.Select(number => (float)number)];
            case DenseTensor<bool> truths:
                return [.. truths.Select(truth => truth ? 1f : 0f)];
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }
}
