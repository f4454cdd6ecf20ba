namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/pretraining.md, between markers.</summary>
public static class PretrainingSnippets
{
    public static ITransformer Table(MLContext ml, IDataView all, IDataView labelled, string path)
    {
        // begin pretraining
        var transforms = ml.Transforms.Conversion.MapValueToKey("Town")
            .Append(ml.Transforms.Concatenate("Features", "Size", "Age"))
            .Fit(all);                                                 // on all rows, so that keys stand for all values
        var options = new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(256, 256), AllKeysAreCategories = true };

        var weights = ml.Regression.Trainers.NeuralNetwork(options).Pretrain(transforms.Transform(all));   // labels may be missing
        weights.Save(path);                                            // PretrainedWeights.FromSafetensors(path) reads them

        var trainer = ml.Regression.Trainers.NeuralNetwork(options with { Pretrained = weights });
        var model = transforms.Append(trainer.Fit(transforms.Transform(labelled)));
        // end pretraining
        return model;
    }

    public static PretrainedWeights Choices(NeuralNetworkBinaryTrainer trainer, IDataView rows, string folder)
    {
        // begin pretrainingOptions
        var weights = trainer.Pretrain(rows, new PretrainingOptions
        {
            Task = PretextTask.Contrast(swapRate: 0.6),
            MaxEpochs = 20,
            BatchSize = 512,
            Checkpoints = new CheckpointOptions { Folder = folder },   // goes on where it was interrupted
        });
        // end pretrainingOptions
        return weights;
    }
}
