using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of README.md and of docs/, between markers. <see cref="ReadmeTests"/> runs it and holds the two texts equal.</summary>
public static class ReadmeSnippets
{
    public static (MulticlassClassificationMetrics Metrics, ITransformer Loaded, IDataView Test) Pipeline()
    {
        // begin pipeline
        var ml = new MLContext(seed: 1);
        var digits = ml.Data.LoadFromTextFile(
            "digits.csv", [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
        var data = ml.Data.TrainTestSplit(digits, testFraction: 0.5, seed: 1);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.Transforms.HoldOut(fraction: 0.15))                 // rows for early stopping, never augmented
            .Append(ml.Transforms.Mixup("Features", "Label", alpha: 0.2))  // only while fitting
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(256, 256, 256),
                Recipe = RegularizationRecipe.SmallDataset with { LabelSmoothing = 0.1 },
                MaxEpochs = 200,
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(data.TrainSet);                     // mixes; stops early; restores the best weights
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.TestSet));   // nothing is mixed here
        ml.Model.Save(model, data.TrainSet.Schema, "model.zip");
        var again = new MLContext().Model.Load("model.zip", out _);  // a fresh context; nothing to register
        // end pipeline
        return (metrics, again, data.TestSet);
    }

    public static void Atomically(MLContext ml, ITransformer model, DataOperationsCatalog.TrainTestData data)
    {
        // begin atomically
        ml.Model.SaveAtomically(model, data.TrainSet.Schema, "model.zip");
        // end atomically
    }

    public static TrainingHistory History(ITransformer model)
    {
        // begin history
        var history = model.GetNeuralNetwork().History;
        Console.WriteLine($"{history.StopReason} after {history.Epochs.Count} epochs; the weights are those of epoch {history.ModelEpoch}");
        // end history
        return history;
    }

    public static IDataView Augment(MLContext ml, IDataView rows)
    {
        // begin augment
        IDataView mixed = ml.Data.Augment(rows, new MixupOptions { Alpha = 0.4 });
        // end augment
        return mixed;
    }

    public static ITransformer Pairs(MLContext ml, IDataView rows)
    {
        // begin pairs
        var forest = ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs, exampleWeightColumnName: "Weight")
            .Append(ml.MulticlassClassification.Trainers.LightGbm(exampleWeightColumnName: "Weight"));
        // end pairs
        return forest.Fit(rows);
    }

    public static ITransformer Recipe(MLContext ml, IDataView rows)
    {
        // begin recipe
        var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.ResidualMlp(width: 64, blocks: 3),
            ClassWeights = ClassWeights.Balanced,
            Recipe = RegularizationRecipe.SmallDataset with
            {
                StochasticDepth = new StochasticDepth { SurvivalProbability = 0.8 },
                WeightAveraging = WeightAveraging.Exponential(0.99),
                EarlyStopping = new EarlyStopping { Metric = ValidationMetric.AreaUnderRocCurve },
            },
        });
        // end recipe
        return ml.Transforms.CopyColumns("Label", "Flag").Append(trainer).Fit(rows);
    }

    public static IDataView Spread(MLContext ml, ITransformer model, IDataView rows)
    {
        // begin spread
        var uncertain = model.Append(ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), passes: 50));
        var predictions = uncertain.Transform(rows);   // with columns ScoreMean and ScoreDeviation beside the score
        // end spread
        return predictions;
    }

    public static IDataView MemberDeviation(MLContext ml, IDataView train, IDataView rows)
    {
        // begin memberDeviation
        var model = ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { Members = 5 })
            .Append(ml.Transforms.MemberDeviation())
            .Fit(train);
        var predictions = model.Transform(rows);   // with a column MemberDeviation beside the score
        // end memberDeviation
        return predictions;
    }

    public static IEstimator<ITransformer> Streaming(MLContext ml)
    {
        // begin streaming
        var pipeline = ml.Transforms.HoldOut(fraction: 0.05)
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                DataCaching = DataCaching.None,   // Auto, the default, decides by itself
                ShufflePoolRows = 200_000,
                MaxEpochs = 10,
            }));
        // end streaming
        return pipeline;
    }

    public static IEstimator<ITransformer> Mixing(MLContext ml)
    {
        // begin mixing
        var pipeline = ml.Transforms.OneOf([new MixupOptions { Alpha = 0.4 }, new CutMixOptions { Shape = new ImageShape(8, 8) }], switchProbability: 0.5)
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Recipe = RegularizationRecipe.CnnImageClassification with { UnmixedEpochs = 10 },   // the last epochs see rows as they are
            }));
        // end mixing
        return pipeline;
    }

    public static IEstimator<ITransformer> MixingCategories(MLContext ml)
    {
        // begin categoriesMixed
        var pipeline = ml.Transforms.Concatenate("Features", "Age", "Income")
            .Append(ml.Transforms.Mixup(categoricalColumnNames: ["Job", "City"]))                     // texts, or keys
            .Append(ml.Transforms.Conversion.MapValueToKey([new("Job"), new("City")]))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { CategoricalColumnNames = ["Job", "City"] }));
        // end categoriesMixed
        return pipeline;
    }

    public static IEstimator<ITransformer> Images(MLContext ml)
    {
        // begin images
        var shape = new ImageShape(Height: 8, Width: 8);
        var pipeline = ml.Transforms.RandomCrop(padding: 1, shape: shape)
            .Append(ml.Transforms.Cutout(holeSize: 2, shape: shape))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
        // end images
        return pipeline;
    }

    public static IEstimator<ITransformer> Tables(MLContext ml)
    {
        // begin tables
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("Name")
            .Append(ml.Transforms.Concatenate("Features", "Features", "Name"))
            .Append(ml.Transforms.GaussianNoise(scale: 0.1))   // in units of each column's standard deviation
            .Append(ml.Transforms.FeatureSwap(rate: 0.1))      // some values of another row; one-hot blocks stay one-hot
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
        // end tables
        return pipeline;
    }

    public static (IEstimator<ITransformer> Forest, IEstimator<ITransformer> Network) Labels(MLContext ml)
    {
        // begin labels
        var forest = ml.Transforms.HoldOut(0.2, stratificationColumnName: "Label")   // a fifth of every class is kept for validation
            .Append(ml.Transforms.ClassWeights(balance: ClassBalance.EffectiveNumber))
            .Append(ml.MulticlassClassification.Trainers.LightGbm(exampleWeightColumnName: "Weight"));

        var network = ml.Transforms.LabelSmoothing(smoothing: 0.1)
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
        // end labels
        return (forest, network);
    }

    public static ITransformer Checkpoints(MLContext ml, IDataView rows)
    {
        // begin checkpoints
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            MaxEpochs = 200,
            TimeLimit = TimeSpan.FromHours(8),
            Checkpoints = new CheckpointOptions { Folder = "digits-run" },
        });
        var model = trainer.Fit(rows);   // starts the run, resumes it, and returns its model once it has ended
        // end checkpoints
        return model;
    }

    public static IEstimator<ITransformer> Text(MLContext ml)
    {
        // begin text
        var pipeline = ml.Transforms.Text.EasyDataAugmentation("Sentence", copies: 4)   // four changed copies beside each sentence
            .Append(ml.Transforms.Text.FeaturizeText("Features", "Sentence"))
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());
        // end text
        return pipeline;
    }

    public static IDataView Calibration(MLContext ml, ITransformer model, IDataView unseenRows)
    {
        // begin calibration
        var calibrators = ml.BinaryClassification.Calibrators;
        var calibration = calibrators.Platt().Append(calibrators.LabelByProbability(threshold: 0.5f)).Fit(model.Transform(unseenRows));
        ITransformer calibrated = new TransformerChain<ITransformer>(model, calibration);   // one model, one file
        // end calibration
        return calibrated.Transform(unseenRows);
    }

    public static IEstimator<ITransformer> ImageFolder(MLContext ml)
    {
        // begin imageFolder
        var photos = ml.Data.LoadFromImageFolder("photos");   // photos/cat/1.jpg has the label "cat"
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ResizeImages("Image", imageWidth: 32, imageHeight: 32))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.Transforms.RandomHorizontalFlip())
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.ConvNet([16, 32]),
                Recipe = RegularizationRecipe.CnnImageClassification,
            }));
        // end imageFolder
        pipeline.GetOutputSchema(SchemaShapes.Of(photos.Schema));
        return pipeline;
    }

    public static ITransformer ContinueTraining(MLContext ml, IDataView newRows)
    {
        // begin continueTraining
        ITransformer served = ml.Model.Load("model.zip", out var schema);
        var newer = served.ContinueTraining(newRows, ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = served.GetNeuralNetwork().Architecture,
            MaxEpochs = 10,
        }));
        ml.Model.Save(newer, schema, "newer.zip");
        // end continueTraining
        return newer;
    }

    public static TrainingHistory Progress(MLContext ml, IDataView rows)
    {
        // begin progress
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Progress = new ConsoleProgress() });
        var history = trainer.Fit(rows).Model.History;
        Console.WriteLine(history);
        // end progress
        return history;
    }

    public static void PlotImages(MLContext ml, IDataView digits)
    {
        // begin plotImages
        var augmented = ml.Data.Augment(digits, new RandomCropOptions { Padding = 2, Shape = new ImageShape(8, 8) });
        ml.Data.PlotImages(augmented, "augmented.png", new ImageSheetOptions { Shape = new ImageShape(8, 8) });
        // end plotImages
    }
}
