using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxExport;

/// <summary>The probabilities of the growers, row by row, as three programs compute them.</summary>
internal static class Scoring
{
    private const string ScoreName = "Score";

    public static float[] ByModel(ITransformer model, IDataView wines) => Scores(model.Transform(wines));

    /// <summary>Any runtime of ONNX scores the file: here that of the package Microsoft.ML.OnnxRuntime, without ML.NET.</summary>
    public static float[] ByOnnxRuntime(string path, IReadOnlyList<float[]> measures)
    {
        using var session = new InferenceSession(path);
        var input = new DenseTensor<float>(measures.SelectMany(row => row).ToArray(), [measures.Count, Wine.Count]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(Wine.MeasuresName, input)], [ScoreName]);
        return [.. results[0].AsTensor<float>()];
    }

    /// <summary>In a pipeline of ML.NET, with the package Microsoft.ML.OnnxTransformer: the rows need a column of the input's name.</summary>
    public static float[] ByPipeline(MLContext ml, string path, IDataView wines) =>
        Scores(ml.Transforms.ApplyOnnxModel([ScoreName], [Wine.MeasuresName], path).Fit(wines).Transform(wines));

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float[]>(ScoreName).SelectMany(score => score)];
}
