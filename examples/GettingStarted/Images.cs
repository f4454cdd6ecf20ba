using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace GettingStarted;

/// <summary>Images in a folder whose subfolders are the labels: which digit is it?</summary>
internal static class Images
{
    public static MulticlassClassificationMetrics Run()
    {
        // begin photos
        var ml = new MLContext(seed: 1);
        var images = ml.Data.TrainTestSplit(ml.Data.LoadFromImageFolder("digits"), testFraction: 0.2);   // digits/7/12.png has the label "7"

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ResizeImages("Image", imageWidth: 16, imageHeight: 16))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.Transforms.RandomCrop(padding: 2))         // shifts images while the model is trained, and only then
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.ResNet(depth: 8),
                Recipe = RegularizationRecipe.CnnImageClassification,
                Schedule = LearningRateSchedule.OneCycle(),
                LearningRate = 0.01,
                BatchSize = 32,
                MaxEpochs = 8,
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(images.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(images.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.0%}");
        // end photos
        return metrics;
    }

    /// <summary>Writes every digit of the file, 8 x 8 grey values from 0 to 16, as an image of 16 x 16 pixels.</summary>
    public static void Write(string file, string folder)
    {
        foreach (var (line, number) in File.ReadLines(file).Skip(1).Select((line, number) => (line, number)))
        {
            var values = Array.ConvertAll(line.Split(','), value => int.Parse(value, CultureInfo.InvariantCulture));
            var pixels = new byte[16 * 16 * 4];
            for (var place = 0; place < pixels.Length / 4; place++)
            {
                var grey = (byte)Math.Min(255, 16 * values[1 + place / 32 * 8 + place % 16 / 2]);
                (pixels[4 * place], pixels[4 * place + 1], pixels[4 * place + 2], pixels[4 * place + 3]) = (grey, grey, grey, 255);
            }

            var label = Directory.CreateDirectory(Path.Combine(folder, values[0].ToString(CultureInfo.InvariantCulture)));
            using var image = MLImage.CreateFromPixels(16, 16, MLPixelFormat.Rgba32, pixels);
            image.Save(Path.Combine(label.FullName, $"{number}.png"));
        }
    }
}
