using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FineTuningExample;

/// <summary>
/// What OnnxRuntime makes of rows by the published networks, without this library: of photos the 512 numbers that ML.NET's own <c>DnnFeaturizeImage</c> gives, of texts the mean of
/// the tokens' states, at length 1. Each row is computed once.
/// </summary>
internal sealed class FrozenFeatures
{
    private const int Side = 224;

    private readonly Dictionary<string, float[]> _features = [];

    /// <summary>The features of each row.</summary>
    public float[][] Of(MLContext ml, bool hasPhotos, IReadOnlyList<Example> rows)
    {
        Example[] missing = [.. rows.DistinctBy(row => row.Content).Where(row => !_features.ContainsKey(row.Content))];
        foreach (var (row, features) in missing.Zip(hasPhotos ? OfPhotos(ml, missing) : OfTexts(ml, missing)))
            _features.Add(row.Content, features);
        return [.. rows.Select(row => _features[row.Content])];
    }

    private static IEnumerable<float[]> OfPhotos(MLContext ml, Example[] rows)
    {
        var pixels = Column<float[]>(ml, rows, Inputs.Pixels(ml, Side), "Features");
        using var preparation = new InferenceSession(PublishedNetworks.ResNetPreparation);
        using var network = new InferenceSession(PublishedNetworks.ResNet);
        foreach (var photo in pixels)
        {
            using var prepared = preparation.Run([NamedOnnxValue.CreateFromTensor(preparation.InputNames[0], new DenseTensor<float>(photo, [1, 3, Side, Side]))]);
            using var results = network.Run([NamedOnnxValue.CreateFromTensor(network.InputNames[0], prepared[0].AsTensor<float>())]);
            yield return [.. results[0].AsTensor<float>()];
        }
    }

    private static IEnumerable<float[]> OfTexts(MLContext ml, Example[] rows)
    {
        using var network = new InferenceSession(PublishedNetworks.MiniLM);
        foreach (var tokens in Column<uint[]>(ml, rows, Inputs.Tokens(ml), "Tokens"))
        {
            // Keys count from 1, the network's tokens from 0; the last one, which ends a text, stays.
            long[] ids = [.. (tokens.Length <= Inputs.MostTokens ? tokens : [.. tokens[..(Inputs.MostTokens - 1)], tokens[^1]]).Select(key => key - 1L)];
            using var results = network.Run([Input("input_ids", ids), Input("attention_mask", [.. ids.Select(_ => 1L)]), Input("token_type_ids", new long[ids.Length])]);
            float[] states = [.. results.Single(result => result.Name == "last_hidden_state").AsTensor<float>()];
            var width = states.Length / ids.Length;
            double[] sums = [.. Enumerable.Range(0, width).Select(unit => Enumerable.Range(0, ids.Length).Sum(token => (double)states[token * width + unit]))];
            var length = Math.Sqrt(sums.Sum(sum => sum * sum));
            yield return [.. sums.Select(sum => (float)(sum / length))];
        }

        static NamedOnnxValue Input(string name, long[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(values, [1, values.Length]));
    }

    private static IEnumerable<T> Column<T>(MLContext ml, Example[] rows, IEstimator<ITransformer> inputs, string column)
    {
        var data = ml.Data.LoadFromEnumerable(rows);
        return inputs.Fit(data).Transform(data).GetColumn<T>(column);
    }
}
