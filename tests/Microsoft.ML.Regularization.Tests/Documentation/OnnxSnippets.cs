using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/onnx.md, between markers.</summary>
public static class OnnxSnippets
{
    public static void Save(ITransformer model, string path)
    {
        // begin saveOnnx
        using var file = File.Create(path);
        model.GetNeuralNetwork().SaveOnnx(file);
        // end saveOnnx
    }

    public static (float[] Scores, string Classes) Score(string path, float[] features, int rows)
    {
        // begin scoreOnnx
        using var session = new InferenceSession(path);
        var input = new DenseTensor<float>(features, [rows, features.Length / rows]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("Features", input)], ["Score"]);

        float[] scores = [.. results[0].AsTensor<float>()];                      // (rows, classes)
        var classes = session.ModelMetadata.CustomMetadataMap["classes"];        // a JSON list of their names
        // end scoreOnnx
        return (scores, classes);
    }

    public static IDataView ApplyNetwork(MLContext ml, ITransformer model, IDataView rows, string path)
    {
        // begin applyNetwork
        using (var file = File.Create(path))
            model.GetNeuralNetwork().SaveOnnx(file, featureColumnName: "Measures");
        var scored = ml.Transforms.ApplyOnnxModel(path).Fit(rows).Transform(rows);   // has a column Score, (classes)
        // end applyNetwork
        return scored;
    }

    public static void Convert(MLContext ml, ITransformer model, IDataView rows, string path)
    {
        // begin convertToOnnx
        using var file = File.Create(path);
        ml.Model.ConvertToOnnx(model, rows, file);
        // end convertToOnnx
    }

    public static IDataView Apply(MLContext ml, IDataView rows, string path)
    {
        // begin applyOnnx
        var scored = ml.Transforms.ApplyOnnxModel(path).Fit(rows).Transform(rows);   // has a column Score
        // end applyOnnx
        return scored;
    }
}
