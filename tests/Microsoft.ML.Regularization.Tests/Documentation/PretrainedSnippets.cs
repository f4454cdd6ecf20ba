namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/pretrained.md, between markers.</summary>
public static class PretrainedSnippets
{
    public static ITransformer Photos(MLContext ml, string folder, string path)
    {
        // begin pretrainedPhotos
        var photos = ml.Data.LoadFromImageFolder(folder);           // photos/cat/1.jpg has the label "cat"
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ResizeImages("Image", imageWidth: 64, imageHeight: 64))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.ImageNetResNet(18) with { Blocks = [2, 2, 2, 3], Resolution = 224 },
                Pretrained = PretrainedWeights.FromOnnx(path) with { Pixels = PixelScaling.DnnImageFeaturizer },
                Recipe = RegularizationRecipe.None,
                LearningRate = 1e-4,
                MaxEpochs = 3,
                BatchSize = 8,
            }));

        var model = pipeline.Fit(photos);
        // end pretrainedPhotos
        return model;
    }

    public static ITransformer Texts(MLContext ml, IDataView sentences, string path, string vocabularyPath)
    {
        // begin pretrainedTexts
        var vocabulary = SubwordVocabulary.WordPiece(vocabularyPath, addSpecialTokens: true);   // [CLS] and [SEP] around each text
        var pipeline = ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Sentence", vocabulary)
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                FeatureColumnName = "Tokens",
                Architecture = NetworkArchitecture.Bert(width: 384, depth: 6, heads: 12, maxLength: 64),
                Pretrained = PretrainedWeights.FromOnnx(path),
                Recipe = RegularizationRecipe.None,
                LearningRate = 1e-4,
                MaxEpochs = 10,
                BatchSize = 8,
            }));

        var model = pipeline.Fit(sentences);
        // end pretrainedTexts
        return model;
    }

    public static ITransformer Preset(MLContext ml, IDataView sentences, string path, SubwordVocabulary vocabulary)
    {
        // begin fineTuningPreset
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Sentence", vocabulary))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                FeatureColumnName = "Tokens",
                Architecture = NetworkArchitecture.Bert(width: 384, depth: 6, heads: 12, maxLength: 64) with { Pooling = TokenPooling.UnitMean },
                Pretrained = PretrainedWeights.FromOnnx(path),
                FineTuning = FineTuning.Texts(rows: 300),      // or FineTuning.FittedHead, in seconds; for photos FineTuning.Images(rows)
            }));
        // end fineTuningPreset
        return pipeline.Fit(sentences);
    }

    public static ITransformer PhotoPreset(MLContext ml, IDataView photos, string path)
    {
        // begin fineTuningPhotos
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ResizeImages("Image", imageWidth: 64, imageHeight: 64))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.ImageNetResNet(18) with { Blocks = [2, 2, 2, 3], Resolution = 112 },
                Pretrained = PretrainedWeights.FromOnnx(path) with { Pixels = PixelScaling.DnnImageFeaturizer },
                FineTuning = FineTuning.Images(rows: 500),
                Recipe = RegularizationRecipe.FineTuning with { Dropout = null, LabelSmoothing = 0.1, Augmentations = [new RandomHorizontalFlipOptions()] },
            }));
        // end fineTuningPhotos
        return pipeline.Fit(photos);
    }

    public static PretrainedWeights Report(string path)
    {
        // begin pretrainedReport
        var weights = PretrainedWeights.FromSafetensors(path) with
        {
            Names = [new("backbone.*.gamma", "*.weight"), new("backbone.*.beta", "*.bias"), new("backbone.*", "*")],   // the first that matches counts
            Unused = ["projector.*"],
        };
        Console.WriteLine(weights.ReportFor(NetworkArchitecture.ImageNetResNet(18), new ImageShape(224, 224, 3)));
        // end pretrainedReport
        return weights;
    }

    public static NeuralNetworkOptions Tuning(string path)
    {
        // begin fineTuning
        var options = new NeuralNetworkOptions
        {
            FeatureColumnName = "Tokens",
            Architecture = NetworkArchitecture.Bert(width: 384, depth: 6, heads: 12, maxLength: 64),
            Pretrained = PretrainedWeights.FromOnnx(path),
            LearningRate = 1e-3,                  // of the head, which is new
            FineTuning = new FineTuning
            {
                Frozen = ["embedding.*", "positions.*"],   // half of the weights: nothing to compute, nothing to remember
                BodyRate = 0.1,                            // the body learns at a tenth of the head's rate,
                LayerDecay = 0.8,                          // and each layer further down at 0.8 of the one above it
                StartingPointPenalty = 0.01,               // L2-SP: a pull back to the published weights
            },
        };
        // end fineTuning
        return options;
    }
}
