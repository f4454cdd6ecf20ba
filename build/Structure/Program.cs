using System.Reflection;
using Microsoft.ML.Regularization.Structure;

// Usage: dotnet run --project build/Structure [-- picture FILE]
// Prints the figures of the house: who names too much, circles, arrows upwards, long files. With "picture", draws the rooms and their arrows into a Markdown file.
var library = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "LibrarySource").Value!;
var house = House.Read(library);
switch (args)
{
    case []:
        Print(house);
        return 0;
    case ["picture", var file]:
        Picture.Write(Picture.Of(house), file);
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run --project build/Structure [-- picture FILE]");
        return 1;
}

static void Print(House house)
{
    foreach (var (file, types) in house.FanOut.Take(10))
        Console.WriteLine($"names {types} types: {file.Path}");
    foreach (var circle in house.CirclesOfFiles.Take(6))
        Console.WriteLine($"circle of {circle.Count} files: {string.Join(", ", circle.Take(12))}");
    foreach (var circle in house.CirclesOfFolders.Take(6))
        Console.WriteLine($"circle of {circle.Count} folders: {string.Join(", ", circle)}");
    foreach (var file in house.Files.OrderByDescending(file => file.Lines).Take(10))
        Console.WriteLine($"{file.Lines} lines: {file.Path}");
    foreach (var use in house.UpwardArrows)
        Console.WriteLine($"upwards: {use}");
    Console.WriteLine($"{house.Files.Count} files, {house.Uses.Select(use => (use.From, use.To)).Distinct().Count()} arrows, {house.UpwardArrows.Count} of them upwards");
}
